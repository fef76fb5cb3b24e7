"""The policy's pages as the county office meets them."""

import pytest

from classifier.models import ReplayRun, WarningPolicy
from classifier.selectors.policy_pages import rows_of
from classifier.services import replay
from tests.classifier.conftest import without_level
from tests.classifier.test_replay import quarrels_are_level_3
from tests.factories.accounts import actor
from tests.factories.disputes import registered

pytestmark = pytest.mark.django_db
LIST = "/warnings/policies/"
DRAFT = "/warnings/policies/2/"


@pytest.fixture
def office(client_of, county_office, now):
    return client_of(county_office)


def words(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("role", ["county.office", "county.coordinator", "admin"])
def test_who_keeps_the_policy_sees_its_versions(role, people, client_of, now):
    assert "现行" in words(client_of(people[role]).get(LIST))


@pytest.mark.parametrize("role", ["county.office", "county.coordinator", "admin"])
def test_who_keeps_the_policy_finds_the_way_to_it(role, people, client_of, now):
    assert f'href="{LIST}"' in words(client_of(people[role]).get("/warnings/coverage/"))


def test_a_town_is_not_led_to_what_it_may_not_open(coordinator, client_of, now):
    assert LIST not in words(client_of(coordinator).get("/warnings/board/"))


@pytest.mark.parametrize("role", ["t01.coordinator", "t01.clerk", "county.secretary", "auditor"])
def test_others_are_refused(role, people, client_of, now):
    assert client_of(people[role]).get(LIST).status_code == 403


def test_a_draft_is_started_with_a_word_why(office):
    office.post(LIST, {"note": " "})
    assert WarningPolicy.objects.count() == 1
    assert office.post(LIST, {"note": "补充说法"}, follow=True).redirect_chain[-1][0] == DRAFT


@pytest.mark.parametrize("section", ["rules", "indicators", "traps", "words", "people", "thresholds"])
def test_every_section_reads_as_rows(office, draft, section):
    page = words(office.get(f"{DRAFT}?section={section}"))
    assert page.count('class="policy-row"') >= 2
    assert "[[" not in page


def test_an_indicator_is_edited_one_pattern_a_line(office, draft):
    row = draft.document["indicators"][0]
    url = f"{DRAFT}rows/indicators/{row['id']}/"
    assert row["patterns"][0] in words(office.get(url)).replace("&lt;", "<").replace("&gt;", ">")
    answer = office.post(url, {"label": "新名称", "patterns": "说法一\n\n 说法二 ", "revision": 1})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.document["indicators"][0]["patterns"] == ["说法一", "说法二"]
    assert draft.document["indicators"][0]["label"] == "新名称"


def test_a_pattern_that_cannot_be_used_is_refused_at_its_field(office, draft):
    row = draft.document["indicators"][0]
    url = f"{DRAFT}rows/indicators/{row['id']}/"
    answer = office.post(url, {"label": "x", "patterns": "(没有关上", "revision": 1})
    assert answer.status_code == 422
    assert "写法不对" in str(answer.context["form"].errors["patterns"])
    draft.refresh_from_db()
    assert draft.revision == 1


def test_a_rule_names_indicators_by_their_labels(office, draft):
    first, second = (row["label"] for row in draft.document["indicators"][:2])
    typed = {
        "id": "new_rule",
        "label": "新规则",
        "level": "3",
        "needs": f"{first} / {second}",
        "people": "group",
    }
    assert office.post(f"{DRAFT}rows/rules/new/", typed).status_code == 302
    draft.refresh_from_db()
    ids = [row["id"] for row in draft.document["indicators"][:2]]
    assert draft.document["rules"][-1]["needs"] == [ids]
    wrong = office.post(f"{DRAFT}rows/rules/new/", typed | {"id": "other", "needs": "没有这条"})
    assert "没有叫“没有这条”的线索" in str(wrong.context["form"].errors["needs"])


def test_a_row_is_taken_out_and_the_page_says_which_rules_still_name_it(office, draft):
    needed = draft.document["rules"][0]["needs"][0][0]
    office.post(f"{DRAFT}rows/indicators/{needed}/remove/", {"revision": 1})
    assert "引用了不存在的" in words(office.get(DRAFT))


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(office, draft, change):
    row = draft.document["indicators"][0]
    change(draft, lambda document: document)
    answer = office.post(
        f"{DRAFT}rows/indicators/{row['id']}/", {"label": "x", "patterns": "y", "revision": 1}
    )
    assert answer.status_code == 422
    assert "刚刚被别人修改过" in words(answer)


def test_thresholds_that_contradict_each_other_are_refused(office, draft):
    answer = office.post(f"{DRAFT}thresholds/", {"group": 50, "hundreds": 10, "revision": 1})
    assert answer.status_code == 422
    assert "小于“数百人”" in words(answer)
    assert office.post(f"{DRAFT}thresholds/", {"group": 8, "hundreds": 120}).status_code == 302


def test_a_text_is_tried_against_the_draft_beside_the_version_in_force(office, draft, change):
    change(draft, quarrels_are_level_3)
    page = words(office.post(DRAFT, {"narrative": "雨后积水漫进院子<b>。"}))
    assert '<mark title="积水">积水' in page
    assert "现行版本：不预警" in page
    assert "&lt;b&gt;" in page


def test_a_draft_that_lost_a_level_says_so_and_offers_nothing(office, draft, change):
    change(draft, lambda document: without_level(document, 1))
    page = words(office.get(DRAFT))
    assert "没有任何规则能定为一级" in page
    answer = office.post(f"{DRAFT}propose/", {"note": "x"}, follow=True)
    assert WarningPolicy.objects.get(version=2).state == "draft"
    assert "没有任何规则能定为一级" in words(answer)


def test_two_persons_publish_and_the_second_sees_what_changes(
    office, client_of, county_coordinator, draft, change
):
    change(draft, quarrels_are_level_3)
    office.post(f"{DRAFT}propose/", {"note": "补充积水"})
    assert "必须是两个人" in words(office.get(f"{DRAFT}publish/"))
    second = client_of(county_coordinator)
    assert "积水" in words(second.get(f"{DRAFT}publish/"))
    assert second.post(f"{DRAFT}publish/", {"effective_from": "2001-01-01T00:00"}).status_code == 200
    assert WarningPolicy.objects.get(version=2).state == "proposed"
    assert second.post(f"{DRAFT}publish/", {}).status_code == 302
    assert WarningPolicy.objects.get(version=2).state == "published"


def test_the_difference_between_two_versions_is_shown_line_by_line(office, draft, change):
    change(draft, quarrels_are_level_3)
    page = words(office.get(f"{DRAFT}against/1/"))
    assert "<ins>" in page
    assert "积水" in page
    assert office.get(f"{DRAFT}against/9/").status_code == 404


def test_a_replay_is_asked_for_watched_and_lists_what_would_change(
    office, clerk, draft, change, now, client_of, admin, django_capture_on_commit_callbacks
):
    dispute = registered(clerk, now)
    change(draft, quarrels_are_level_3)
    answer = office.post(f"{DRAFT}replays/")
    run = ReplayRun.objects.get()
    assert answer.url == f"{DRAFT}replays/{run.pk}/"
    assert "<progress" in words(office.get(answer.url))
    polled = words(office.get(answer.url, headers={"HX-Request": "true"}))
    assert "<progress" in polled
    assert "<html" not in polled
    ReplayRun.objects.update(asked_at=now)
    replay.run(run_id=run.pk, now=now)
    page = words(office.get(answer.url))
    assert dispute.number in page
    assert f'href="/disputes/{dispute.number}/"' in page
    hidden = words(client_of(admin).get(answer.url))
    assert dispute.number not in hidden
    assert "只显示件数" in hidden


def test_the_rows_of_a_replay_are_paged(office, clerk, draft, change, now, county_office, monkeypatch):
    monkeypatch.setattr("classifier.selectors.policy_pages.PAGE", 2)
    numbers = [registered(clerk, now).display_number for _each in range(3)]
    change(draft, quarrels_are_level_3)
    run = replay.ask(version=2, by=actor(county_office), now=now)
    replay.run(run_id=run.pk, now=now)
    first = office.get(f"{DRAFT}replays/{run.pk}/")
    assert [number in words(first) for number in numbers] == [False, True, True]
    following = office.get(first.context["next"])
    assert [number in words(following) for number in numbers] == [True, False, False]


def test_pages_cost_few_queries(office, draft, django_assert_max_num_queries):
    office.get(DRAFT)
    for path in (LIST, DRAFT, f"{DRAFT}rows/rules/{draft.document['rules'][0]['id']}/", f"{DRAFT}against/1/"):
        with django_assert_max_num_queries(14):
            assert office.get(path).status_code == 200


def test_every_row_of_a_shipped_policy_has_a_name_in_words(office, draft):
    for section in ("words", "people", "thresholds"):
        rows = office.get(f"{DRAFT}?section={section}").context["rows"]
        assert [row.label for row in rows if row.label.isascii()] == []


def test_alternatives_beside_a_further_requirement_stand_in_brackets(draft):
    document = {
        "indicators": [{"id": one, "label": one.upper()} for one in ("a", "b", "c")],
        "rules": [
            {"id": "both", "label": "both", "needs": [["a", "b"], ["c"]], "people": "any", "level": 2},
            {"id": "one", "label": "one", "needs": [["a", "b"]], "people": "any", "level": 3},
        ],
    }
    both, one = rows_of(document, "rules")
    assert both.facts[0] == "（“A” 或 “B”） 并且 “C”"
    assert one.facts[0] == "“A” 或 “B”"
