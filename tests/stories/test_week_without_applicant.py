"""The played week, cases 10, 17, 22: nobody applied, or nobody is named on the other side."""

from __future__ import annotations

import pytest

from tests.stories.week import Week

pytestmark = pytest.mark.django_db
PAPERS = ("papers/receipt/", "papers/acceptance/", "papers/delivery/")
FOUND = [{"role": "party", "kind": "natural", "name": "果农龚某"}]


def papers_on(week: Week, number: str, by: str = "t01.clerk") -> list[str]:
    page = week.page(f"{number}/", by)
    return [paper for paper in PAPERS if paper in page]


def test_10_what_the_grid_hears_is_proposed_as_level_three_and_the_deputy_is_told(week: Week) -> None:
    """§7: what may lead to a group going over the county's head is level 3, reported to the deputy in charge."""
    registered = week.register("10")
    number = registered["number"]
    assert (registered["warning"]["level"], registered["warning"]["proposed"]) == (3, True)
    assert {row["holder"] for row in week.asked(number)} == {"t01.deputy"}
    assert week.told("t01.mayor", "warning.escalation") == 0  # a rumour without a date wakes nobody higher
    answered = week.step(number, "accept", "t01.coordinator", level=3)
    assert (answered["warning"]["level"], answered["warning"]["proposed"]) == (3, False)


def test_10_the_grid_names_nobody_who_applied(week: Week) -> None:
    stalls = [{"role": "party", "kind": "group", "name": "农贸市场商户", "head_count": 20}]
    registered = week.register("10", parties=stalls)
    number = registered["number"]
    assert week.shown(number, "t01.clerk")["parties"][0]["role"] == "party"
    week.step(number, "accept", "t01.coordinator", level=3)
    assert papers_on(week, number) == []  # a paper tells who applied what became of it: nobody did
    nobody = week.register("10", parties=[])["number"]
    assert week.shown(nobody, "t01.clerk")["people_count"] == 20


def test_17_an_anonymous_letter_is_taken_with_nobody_in_it(week: Week) -> None:
    number = week.register("17", parties=[])["number"]
    assert week.shown(number, "t01.clerk")["parties"] == []
    week.step(number, "accept", "t01.coordinator", level=0)
    week.step(number, "assign", "t01.coordinator", lead_unit="t01.police")
    assert papers_on(week, number) == []
    week.page(f"{number}/papers/receipt/", "t01.clerk", expect=409)


def test_17_as_it_was_taken_down_it_is_registered_too(week: Week) -> None:
    registered = week.register("17")
    assert registered["status"] == "registered"
    assert week.shown(registered["number"], "t01.clerk")["people_count"] == 12


def test_22_nobody_on_the_other_side_is_no_hindrance(week: Week) -> None:
    registered = week.register("22")
    number = registered["number"]
    week.step(number, "accept", "t01.coordinator", level=0)
    assert papers_on(week, number) == list(PAPERS)  # who came in person is told
    given = week.step(number, "assign", "t01.coordinator", lead_unit="t01.v01")
    assert given["status"] == "assigned"


@pytest.mark.parametrize("source", ["village", "screening", "own_initiative"])
def test_22_found_by_the_house_itself_it_needs_no_applicant(week: Week, source: str) -> None:
    number = week.register("22", source=source, parties=FOUND)["number"]
    week.step(number, "accept", "t01.coordinator", level=0)
    assert papers_on(week, number) == []


def test_22_who_stood_at_the_counter_is_named(week: Week) -> None:
    answer = week.client("t01.clerk").post(
        "/api/v1/disputes/", week.body("22") | {"parties": FOUND}, content_type="application/json"
    )
    assert answer.status_code == 400
    assert "parties" in answer.json()["errors"]
