"""Pages, homes, interface, ledger table and papers of 处理未果."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from dashboards.selectors.home import home_page
from disputes.models import Dispute, NotResolved, PaperNumber
from disputes.selectors import ledger_export
from disputes.selectors.ledger import NEWEST
from tests.disputes.not_resolved.conftest import CALLED, ENOUGH, TOLD, Fail
from tests.disputes.papers.test_house_papers import paper
from tests.factories.accounts import actor
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
People = dict[str, Appointment]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, found: datetime) -> None:
    """The doors ask what time it is: the day it was found."""
    for module in ("api.views", "api.representation", "views.steps", "views.papers", "views.detail"):
        monkeypatch.setattr(f"disputes.{module}.now", lambda: found)


def page(client: Client, dispute: Dispute, rest: str = "") -> str:
    answer = client.get(f"/disputes/{dispute.number}/{rest}")
    assert answer.status_code == 200, answer.content.decode()
    return html.unescape(answer.content.decode())


def card(text: str) -> str:
    """The checklist of the page, its tags gone."""
    part = text.split('id="not-resolved"', 1)[1].split("</ul>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def primary(text: str) -> str:
    found = re.search(r'class="btn btn-primary w-100" href="[^"]*/steps/([a-z_]+)/"', text)
    return found[1] if found else ""


def test_the_page_shows_what_is_done_and_the_button_that_does_the_rest(
    failed: Dispute, people: People, client_of: Clients, found: datetime
) -> None:
    clerk, coordinator = client_of(people["t01.clerk"]), client_of(people["t01.coordinator"])
    text = page(coordinator, failed)
    assert card(text).count("未办") == 3
    assert primary(text) == "tell_routes"
    assert f"/disputes/{failed.number}/steps/close/" not in text
    take("tell_routes", failed, people["t01.clerk"], found, **TOLD)
    text = page(clerk, failed)
    assert (card(text).count("已办"), primary(text)) == (1, "revisit")
    assert "2026-03-08 当面告知：法律援助、诉讼" in card(text)
    take("revisit", failed, people["t01.clerk"], found, **CALLED)
    leaders = page(client_of(people["t01.mayor"]), failed)
    assert primary(leaders) == "answer_not_resolved"
    take("answer_not_resolved", failed, people["t01.mayor"], found, **ENOUGH)
    text = page(coordinator, failed)
    assert (card(text).count("已办"), primary(text)) == (3, "close")
    assert "青石镇政府行政主要负责人" in card(text)
    assert "同意转其他途径" in card(text)
    assert card(page(coordinator, failed, "steps/close/")).count("已办") == 3
    take("close", failed, people["t01.coordinator"], found)
    assert "处理未果的后续" in page(coordinator, failed)


def test_closing_too_early_is_answered_in_words(failed: Dispute, people: People, client_of: Clients) -> None:
    answer = client_of(people["t01.coordinator"]).get(f"/disputes/{failed.number}/steps/close/")
    assert answer.status_code == 409
    assert "告知当事人其他途径" in answer.content.decode()


def test_the_form_proposes_the_routes_that_fit_and_takes_what_is_ticked(
    fail: Fail, people: People, client_of: Clients, found: datetime
) -> None:
    client = client_of(people["t01.clerk"])
    dispute = fail()
    dispute.refresh_from_db()  # its leader was named after the step
    form = page(client, dispute, "steps/tell_routes/")
    ticked = set(re.findall(r'name="routes" value="([a-z_]+)"[^>]*checked', form))
    assert ticked == {"litigation", "petition", "legal_aid"}
    in_court = fail(narrative="排水沟改道，双方已向县法院起诉，雨后仍争吵不休。")
    form = page(client, in_court, "steps/tell_routes/")
    assert "litigation" not in re.findall(r'name="routes" value="([a-z_]+)"[^>]*checked', form)
    body = {
        "routes": ["litigation"],
        "on": "2026-03-08",
        "way": "paper",
        "chosen": "",
        "version": dispute.version,
    }
    url = f"/disputes/{dispute.number}/steps/tell_routes/"
    wrong = client.post(url, body | {"chosen": "review"})
    assert wrong.status_code == 422
    assert "须在已告知的途径之内" in wrong.content.decode()
    assert client.post(url, body).status_code == 302
    again = page(client, dispute, "steps/tell_routes/")
    assert re.findall(r'name="routes" value="([a-z_]+)"[^>]*checked', again) == ["litigation"]


def test_the_interface_says_what_is_missing_and_takes_both_steps(
    failed: Dispute, people: People, api_client_of: Clients
) -> None:
    def call(by: str, step: str, **body: Any) -> Any:
        url = f"/api/v1/disputes/{failed.number}/steps/{step}/"
        return api_client_of(people[by]).post(url, body, content_type="application/json")

    def shown(by: str = "t01.coordinator") -> Any:
        return api_client_of(people[by]).get(f"/api/v1/disputes/{failed.number}/").json()

    assert shown()["not_resolved"]["missing"] == ["routes", "revisit", "answer"]
    assert "close" not in shown()["steps"]
    refused = call("t01.coordinator", "close")
    assert refused.status_code == 409
    assert "告知当事人其他途径" in refused.json()["title"]
    wrong = call("t01.clerk", "tell_routes", routes=["prayer"], on="2026-03-08", way="phone")
    assert wrong.status_code in (400, 422)
    told = call("t01.clerk", "tell_routes", routes=["litigation"], on="2026-03-08", way="phone")
    assert told.status_code == 200, told.json()
    assert call("t01.clerk", "revisit", **CALLED).status_code == 200
    answer = call("t01.mayor", "answer_not_resolved", **ENOUGH)
    assert answer.status_code == 200, answer.json()
    facts = shown()["not_resolved"]
    assert (facts["routes"], facts["told_on"], facts["told_way"], facts["chosen"]) == (
        ["litigation"],
        "2026-03-08",
        "phone",
        None,
    )
    assert (facts["answer"], facts["answered_by"], facts["missing"]) == ("elsewhere", "t01.mayor", [])
    assert call("t01.coordinator", "close").status_code == 200
    assert shown()["not_resolved"]["ended_at"] is not None


def test_of_an_ordinary_dispute_there_is_nothing(
    in_hand: Any, people: People, api_client_of: Clients
) -> None:
    dispute = in_hand()
    answer = api_client_of(people["t01.coordinator"]).get(f"/api/v1/disputes/{dispute.number}/").json()
    assert answer["not_resolved"] is None


def test_homes_say_what_is_missing_to_whom_it_waits_for(
    failed: Dispute, people: People, found: datetime
) -> None:
    def asked(by: str) -> dict[str, str]:
        rows = home_page(actor(people[by]), found).sections
        return {
            item.asked: section.title
            for section in rows
            for item in section.items
            if item.number == failed.display_number
        }

    whole = "处理未果，尚缺：告知途径、回访、主要领导答复或当事人选择"
    assert asked("t01.clerk") == asked("t01.coordinator") == {whole: "等我办理"}
    wanted = {"请答复：继续组织化解，还是同意转其他途径": "处理未果，等我答复"}
    assert asked("t01.mayor") == wanted
    assert asked("t01.secretary") == asked("t01.deputy") == asked("county.head") == {}
    take("tell_routes", failed, people["t01.clerk"], found, **TOLD)
    assert "处理未果，尚缺：回访、主要领导答复或当事人选择" in asked("t01.clerk")
    take("tell_routes", failed, people["t01.clerk"], found, **TOLD | {"chosen": "litigation"})
    assert asked("t01.mayor") == {}


def test_the_ledger_table_tells_it(failed: Dispute, people: People, found: datetime) -> None:
    take("tell_routes", failed, people["t01.clerk"], found, **TOLD | {"chosen": "litigation"})
    take("answer_not_resolved", failed, people["t01.mayor"], found, **ENOUGH)
    (batch,) = ledger_export.batches(
        Dispute.objects.filter(pk=failed.pk), sort=NEWEST, by=actor(people["t01.coordinator"])
    )
    said = "|".join(batch[0])
    for words in ("当面告知：法律援助、诉讼", "当事人选择诉讼", "答复：同意转其他途径"):
        assert words in said, said


def test_a_unit_that_is_a_party_reads_nothing_of_the_leaders_answer(
    fail: Fail, people: People, client_of: Clients, found: datetime
) -> None:
    from disputes.disclosure import Disclosure  # noqa: PLC0415
    from disputes.selectors.not_resolved import api_of, line_of  # noqa: PLC0415

    dispute = fail()
    take("tell_routes", dispute, people["t01.clerk"], found, **TOLD)
    take("answer_not_resolved", dispute, people["t01.mayor"], found, **ENOUGH)
    party = Disclosure(level=False)
    assert "答复" not in line_of(NotResolved.objects.get(dispute=dispute), party)
    facts = api_of(dispute, party)
    assert facts is not None
    assert (facts["answer"], facts["answered_by"], facts["routes"]) == (None, None, TOLD["routes"][::-1])


def test_the_paper_names_result_routes_and_has_room_for_the_choice(
    fail: Fail, people: People, client_of: Clients, found: datetime
) -> None:
    clerk = client_of(people["t01.clerk"])
    dispute = fail(narrative="张家与李家的水沟之争，李家已向县法院起诉。")
    assert clerk.get(f"/disputes/{dispute.number}/papers/not_resolved/").status_code == 409
    take("tell_routes", dispute, people["t01.clerk"], found, **TOLD | {"chosen": "legal_aid"})
    assert "papers/not_resolved/" in page(clerk, dispute)
    said = paper(clerk, dispute, "not_resolved")
    for words in (
        "处理未果告知书",
        "综治中心未〔2026〕1号",
        "未达成协议",
        "2026年3月8日审结为处理未果",
        "人民调解法》第二十六条",
        "正在进行的诉讼",
        "法律援助",
        "2026年3月8日，当面告知",
        "我选择的途径 法律援助",
        "当事人签收",
    ):
        assert words in said, (words, said)
    assert "依法向人民法院起诉" not in said
    assert "李大山" not in said
    delivery = paper(clerk, dispute, "delivery", "?of=not_resolved")
    assert "处理未果告知书（青石镇综治中心未〔2026〕1号）" in delivery
    assert PaperNumber.objects.filter(kind="not_resolved").count() == 1


def test_each_finding_has_a_paper_of_its_own(
    fail: Fail, people: People, client_of: Clients, found: datetime
) -> None:
    clerk, dispute = client_of(people["t01.clerk"]), fail()
    take("tell_routes", dispute, people["t01.clerk"], found, **TOLD)
    assert "未〔2026〕1号" in paper(clerk, dispute, "not_resolved")
    coordinator, handler = people["t01.coordinator"], people["t01.justice"]
    take("assign", dispute, coordinator, found, lead_unit="t01.justice")
    assert "papers/not_resolved/" not in page(clerk, dispute)
    take("sign_for", dispute, handler, found)
    take("submit_result", dispute, handler, found + DAY, outcome="refused", account="拒绝。")
    take("approve_result", dispute, coordinator, found + DAY, outcome="not_resolved")
    take("tell_routes", dispute, people["t01.clerk"], found + DAY, **TOLD | {"on": date(2026, 3, 9)})
    said = paper(clerk, dispute, "not_resolved")
    assert "未〔2026〕2号" in said
    assert "当事人拒绝调解" in said


def test_the_form_of_conclusion_shows_the_three(
    failed: Dispute, people: People, client_of: Clients, found: datetime
) -> None:
    client = client_of(people["t01.coordinator"])
    take("tell_routes", failed, people["t01.clerk"], found, **TOLD | {"chosen": "litigation"})
    take("answer_not_resolved", failed, people["t01.mayor"], found, **ENOUGH)
    take("revisit", failed, people["t01.clerk"], found, **CALLED)
    said = paper(client, failed, "conclusion")
    for words in (
        "告知当事人的途径 2026年3月8日当面告知：法律援助、诉讼。当事人选择诉讼",
        "主要领导答复 同意转其他途径。调解已尽",
        CALLED["account"],
    ):
        assert words in said, (words, said)
