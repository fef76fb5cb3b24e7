"""Leaders and letters on pages: shown while a case is typed, on its page, and on forms of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock
from responsibility.services import case_leaders, letters
from responsibility.services.case_leaders import Undertaking
from responsibility.services.letters import Writing
from tests.factories.accounts import actor
from tests.factories.disputes import take
from tests.responsibility.conftest import leader

pytestmark = pytest.mark.usefixtures("reference_data")
PREVIEW = "/warnings/responsibility/preview/"


def text(answer) -> str:
    return answer.content.decode()


def test_the_intake_form_asks_who_would_be_responsible(clerk, client_of):
    page = text(client_of(clerk).get("/disputes/new/", follow=True))
    assert f'hx-post="{PREVIEW}"' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"place": "t01.v01"}, "青石镇政府分管负责人"),
        ({"place": "上湾村"}, ""),
        ({"place": "青石镇上湾村", "other_towns": ["369901102"]}, "县政府分管负责人"),
        ({"place": "t01", "sectors": ["labour"]}, "县人社局行政主要负责人"),
        (
            {"place": "t01", "unit": "某饭店", "unit_relation": "inside", "unit_consent": "yes"},
            "请向 某饭店 发函",
        ),
        ({"place": "t01", "accused-0-who": "person:t01.deputy"}, "应当回避"),
        (
            {"place": "t01", "sectors": ["nothing"], "category": "x", "unit_relation": "x"},
            "青石镇政府分管负责人",
        ),
        ({}, ""),
    ],
)
def test_what_is_typed_so_far_says_who_would_be_responsible(clerk, client_of, typed, said):
    answer = client_of(clerk).post(PREVIEW, typed)
    assert answer.status_code == 200
    assert said in text(answer)
    assert bool(said) == ("责任领导" in text(answer))


def test_the_page_of_a_dispute_says_who_and_why(register, clerk, deputy, client_of):
    page = text(client_of(clerk).get(f"/disputes/{register(towns=('t01', 't02')).number}/"))
    assert "涉及 2 个乡镇，由县级党政领导组织化解" in page
    assert "县政府分管负责人" in page
    assert "/warnings/responsibility/" not in page  # a clerk does not name others


def test_another_leader_is_named_on_a_page(register, coordinator, client_of):
    dispute, client = register(), client_of(coordinator)
    path = f"/warnings/responsibility/{dispute.number}/"
    assert path in text(client.get(f"/disputes/{dispute.number}/"))
    assert "t01.gov:deputy" not in text(client.get(path))  # who it is already is no choice
    assert client.post(path, {"post": "t01.gov:head"}).status_code == 422
    assert client.post(path, {"post": "t01.gov:head", "reason": "镇长分管此项工作"}).status_code == 302
    assert leader(dispute) == "t01.gov:head"
    assert client.post(f"{path}principal/", {"reason": "协调未果"}).status_code == 302
    assert leader(dispute) == "t01.party:party_secretary"
    assert "镇长分管此项工作" in text(client.get(f"/disputes/{dispute.number}/"))


def test_a_case_leader_is_followed_on_the_page(register, deputy, mayor, handler, client_of, now):
    dispute, client = register(), client_of(deputy)
    path = f"/warnings/case-leaders/{dispute.number}/"
    form = text(client.get(path))
    assert f'<option value="{deputy.pk}" selected>' in form
    given = {
        "leader": deputy.pk,
        "plan": "三日内上门听取双方意见",
        "expected_on": (clock.now() + timedelta(days=3)).date().isoformat(),
    }
    assert client.post(path, given).status_code == 302
    assert client.get(path).status_code == 409
    assert client.post(f"{path}progress/", {"account": "已上门"}).status_code == 302
    page = text(client.get(f"/disputes/{dispute.number}/"))
    assert "三日内上门听取双方意见" in page
    assert "已上门" in page
    taken = given | {"leader": mayor.pk, "reason": "部门意见不一"}
    assert client.post(f"{path}take-over/", taken | {"leader": deputy.pk}).status_code == 422
    assert client.post(f"{path}take-over/", taken).status_code == 302
    assert client.post(f"{path}end/", {"reason": "已化解"}).status_code == 302
    assert "以前的包案（2）" in text(client.get(f"/disputes/{dispute.number}/"))


def test_a_clerk_neither_assigns_leaders_nor_writes_letters(register, clerk, client_of):
    dispute, client = register(), client_of(clerk)
    for path in ("responsibility", "case-leaders", "letters/new"):
        assert client.get(f"/warnings/{path}/{dispute.number}/").status_code == 403
    assert client.get("/warnings/letters/").status_code == 403


def test_a_letter_goes_from_its_form_to_its_reply(register, coordinator, client_of):
    dispute = register(unit="某饭店", unit_relation="inside", unit_consent=True)
    client, page = client_of(coordinator), f"/disputes/{dispute.number}/"
    assert "请书面发函" in text(client.get(page))
    form = text(client.get(f"/warnings/letters/new/{dispute.number}/"))
    assert 'value="某饭店"' in form
    answer = client.post(
        f"/warnings/letters/new/{dispute.number}/", {"to": "某饭店", "request": "请支付拖欠工资。"}
    )
    paper = text(client.get(answer.url))
    assert "矛盾纠纷交办函" in paper
    assert "请支付拖欠工资。" in paper
    assert "张建国" not in paper
    assert "请书面发函" not in text(client.get(page))
    assert "函件待回复 (1)" in text(client.get("/warnings/letters/"))
    assert client.post(f"{answer.url}reply/", {"account": "已付"}).status_code == 422  # not served yet
    assert client.post(f"{answer.url}serve/", {"note": "当面送达"}).status_code == 302
    assert client.post(f"{answer.url}reply/", {"account": "已全部付清"}).status_code == 302
    assert "函件待回复 (0)" in text(client.get("/warnings/letters/"))
    assert "已全部付清" in text(client.get(page))


def test_the_paper_is_the_same_as_docx_and_in_chinese(register, coordinator, client_of, now):
    dispute, client = register(), client_of(coordinator)
    letter = letters.issue(
        number=dispute.number, writing=Writing("县税务局", "请协助核实。"), by=actor(coordinator), now=now
    )
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    paper = text(client.get(f"/warnings/letters/{letter.pk}/"))
    assert "矛盾纠纷交办函" in paper
    answer = client.get(f"/warnings/letters/{letter.pk}/docx/")
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_out_of_sight_is_404_for_leaders_and_letters(
    register, coordinator, outside_coordinator, client_of, now
):
    dispute = register()
    letter = letters.issue(
        number=dispute.number, writing=Writing("某厂", "请办理。"), by=actor(coordinator), now=now
    )
    client = client_of(outside_coordinator)
    for path in (
        f"responsibility/{dispute.number}",
        f"case-leaders/{dispute.number}",
        f"letters/new/{dispute.number}",
    ):
        assert client.get(f"/warnings/{path}/").status_code == 404
    for path in ("", "docx/", "serve/", "reply/"):
        assert client.get(f"/warnings/letters/{letter.pk}/{path}").status_code == 404
    assert "函件待回复 (0)" in text(client.get("/warnings/letters/"))


def test_a_unit_that_is_a_party_sees_the_leader_and_neither_plans_nor_letters(
    register, coordinator, deputy, people, client_of, now
):
    dispute = register(unit="unit01", unit_relation="inside", unit_consent=True)
    by = actor(coordinator)
    case_leaders.start(
        number=dispute.number,
        undertaking=Undertaking(deputy.pk, "先稳住工人", now.date()),
        by=actor(deputy),
        now=now,
    )
    letter = letters.issue(number=dispute.number, writing=Writing("某厂", "请协助调查。"), by=by, now=now)
    client = client_of(people["unit01.head"])
    page = text(client.get(f"/disputes/{dispute.number}/"))
    assert "单位内部的矛盾" in page
    assert "先稳住工人" not in page
    assert "请协助调查" not in page
    assert client.get(f"/warnings/letters/{letter.pk}/").status_code == 404
    assert client.get(f"/warnings/case-leaders/{dispute.number}/").status_code == 404


def test_the_list_of_letters_does_not_query_more_with_more_rows(
    register, coordinator, client_of, now, django_assert_max_num_queries
):
    dispute, client = register(), client_of(coordinator)
    for _each in range(8):
        letters.issue(
            number=dispute.number, writing=Writing("某厂", "请办理。"), by=actor(coordinator), now=now
        )
    with django_assert_max_num_queries(22):
        client.get("/warnings/letters/")


def test_who_dispatches_finds_the_way_to_a_letter_under_the_form(register, coordinator, client_of, now):
    dispute, client = register(), client_of(coordinator)
    way = f"/warnings/letters/new/{dispute.number}/"
    take("accept", dispute, coordinator, now)
    assert way in text(client.get(f"/disputes/{dispute.number}/steps/assign/"))
    assert way not in text(client.get(f"/disputes/{dispute.number}/steps/withdraw/"))
