from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Appointment
from disputes.models import Dispute
from tests.disputes.conftest import Make

Clients = Callable[[Appointment], Client]


def listed(response: object) -> list[str]:
    return [row.dispute.number for row in response.context["rows"]]  # type: ignore[attr-defined]


def test_the_clerk_sees_the_newest_first(register: Make, client_of: Clients, clerk: Appointment) -> None:
    older, newer = register(), register(title="田埂之争")
    page = client_of(clerk).get("/disputes/")
    assert page.status_code == 200
    assert listed(page) == [newer.number, older.number]
    assert "田埂之争" in page.content.decode()


def test_another_town_sees_nothing_of_it(register: Make, client_of: Clients, outsider: Appointment) -> None:
    register()
    page = client_of(outsider).get("/disputes/")
    assert listed(page) == []
    assert "台账里还没有纠纷" in page.content.decode()


def test_the_auditor_has_no_ledger(client_of: Clients, auditor: Appointment) -> None:
    assert client_of(auditor).get("/disputes/").status_code == 403


def test_the_anonymous_are_sent_to_the_login(client: Client, db: None) -> None:
    assert client.get("/disputes/").status_code == 302


def test_paging_by_keyset_shows_every_row_once_and_leads_back(
    register: Make, client_of: Clients, clerk: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [register().number for _ in range(7)][::-1]
    client = client_of(clerk)
    with monkeypatch.context() as patch:
        patch.setattr("disputes.views.ledger.PAGE_SIZE", 3)
        first = client.get("/disputes/")
        second = client.get(first.context["next"])
        third = client.get(second.context["next"])
        back = client.get(third.context["previous"])
    assert [listed(first), listed(second), listed(third)] == [numbers[:3], numbers[3:6], numbers[6:]]
    assert listed(back) == numbers[3:6]
    assert third.context["next"] == ""
    assert first.context["previous"] == ""


def test_a_typed_number_leads_straight_to_the_dispute(
    register: Make, client_of: Clients, clerk: Appointment, outsider: Appointment
) -> None:
    dispute = register()
    for typed in (dispute.number, "T01-2026-1", dispute.display_number):
        answer = client_of(clerk).get("/disputes/", {"q": typed})
        assert answer.headers["Location"] == f"/disputes/{dispute.number}/"
    assert client_of(outsider).get("/disputes/", {"q": dispute.number}).status_code == 200


@pytest.mark.parametrize(
    ("words", "found"),
    [("排水沟", True), ("沟", True), ("争执 张家", True), ("拖欠工资", False), ("水排", False)],
)
def test_words_of_one_or_more_characters_are_found(
    register: Make, client_of: Clients, clerk: Appointment, words: str, found: bool
) -> None:
    dispute = register()
    assert listed(client_of(clerk).get("/disputes/", {"q": words})) == ([dispute.number] if found else [])


def test_punctuation_alone_is_no_search(register: Make, client_of: Clients, clerk: Appointment) -> None:
    register()
    page = client_of(clerk).get("/disputes/", {"q": "？！"})
    assert page.status_code == 200
    assert "请输入要检索的字词或编号" in page.content.decode()


def test_filters_that_find_nothing_say_which_one_to_drop(
    register: Make, client_of: Clients, clerk: Appointment
) -> None:
    register()
    page = client_of(clerk).get("/disputes/", {"category": "neighbour", "status": "closed"})
    assert [(one.chip.name, one.count) for one in page.context["helps"]] == [("status", 1)]
    assert "去掉“状态：已销号”，有 1 件" in page.content.decode()


def test_each_active_filter_is_a_chip_that_drops_only_itself(client_of: Clients, clerk: Appointment) -> None:
    page = client_of(clerk).get("/disputes/", {"place": "t01", "overdue": "1"})
    chips = {chip.name: (chip.value, chip.remove_url) for chip in page.context["chips"]}
    assert chips == {
        "place": ("青石镇", "/disputes/?overdue=1"),
        "overdue": ("是", "/disputes/?place=t01"),
    }


def test_htmx_gets_the_list_alone_and_a_clean_address(
    register: Make, client_of: Clients, clerk: Appointment
) -> None:
    register()
    page = client_of(clerk).get(
        "/disputes/", {"status": "registered", "q": "", "level": ""}, headers={"HX-Request": "true"}
    )
    assert page.headers["HX-Push-Url"] == "/disputes/?status=registered"
    assert "<html" not in page.content.decode()
    assert len(listed(page)) == 1


def test_an_unknown_code_is_said_at_its_field(
    client_of: Clients, clerk: Appointment, reference_data: None
) -> None:
    page = client_of(clerk).get("/disputes/", {"place": "nowhere"})
    assert page.status_code == 200
    assert "没有“nowhere”，请从列表中选择。" in page.content.decode()


def test_queries_do_not_grow_with_rows(
    register: Make,
    client_of: Clients,
    clerk: Appointment,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    client = client_of(clerk)
    register()
    client.get("/disputes/")
    with django_assert_max_num_queries(11) as few:  # type: ignore[attr-defined]
        client.get("/disputes/")
    for _ in range(12):
        register()
    with django_assert_max_num_queries(len(few.captured_queries)):  # type: ignore[attr-defined]
        assert len(listed(client.get("/disputes/"))) == 13


def test_counting_stops_at_the_ceiling_and_says_so(
    register: Make, client_of: Clients, clerk: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        register()
    for count in ("counted", "counted_or_foreseen"):
        monkeypatch.setattr(f"disputes.selectors.ledger.{count}.__defaults__", (2,))
    assert "共 2 以上 件" in client_of(clerk).get("/disputes/").content.decode()
    assert Dispute.objects.count() == 3


def test_a_word_the_planner_expects_everywhere_is_not_counted(
    register: Make, client_of: Clients, clerk: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    register()
    monkeypatch.setattr("disputes.selectors.ledger.SURELY_MANY", 0)
    client = client_of(clerk)
    assert "共 5,000 以上 件" in client.get("/disputes/", {"q": "排水沟"}).content.decode()
    assert "共 1 件" in client.get("/disputes/", {"q": "排水沟", "status": "open"}).content.decode()


def test_list_and_page_name_the_category_in_the_readers_language(
    register: Make, client_of: Clients, clerk: Appointment
) -> None:
    dispute = register()
    client = client_of(clerk)
    client.cookies["django_language"] = "en"
    for path in ("/disputes/", f"/disputes/{dispute.number}/"):
        html = client.get(path).content.decode()
        assert dispute.category.name_en in html, path
        assert f">{dispute.category.name}<" not in html.partition("<main")[2], path
