"""Who may name leaders, assign case leaders, write letters and read the coverage: role by role."""

from __future__ import annotations

import pytest

from responsibility import rights
from tests.factories.accounts import actor
from tests.factories.disputes import take

pytestmark = pytest.mark.usefixtures("reference_data")
ALLOWED = {
    rights.may_name_leader: {"t01.coordinator", "county.office", "county.coordinator"},
    rights.may_write_letters: {"t01.coordinator", "county.office", "county.coordinator"},
}
LEADERS = {"deputy", "mayor", "secretary", "head"}
COVERAGE = {
    "county.office",
    "county.coordinator",
    "county.deputy",
    "county.head",
    "county.secretary",
    "admin",
    "security",  # appoints whoever is missing
}


@pytest.mark.parametrize("question", ALLOWED)
def test_the_managing_centre_and_the_county_centre_name_and_write(register, people, question):
    dispute = register()
    assert {name for name, person in people.items() if question(actor(person), dispute)} == ALLOWED[question]
    assert not question(None, dispute)


def test_leaders_of_places_and_departments_and_the_county_office_assign_case_leaders(register, people):
    dispute = register()
    may = {name for name, person in people.items() if rights.may_assign_case_leader(actor(person), dispute)}
    assert may == {
        name for name in people if name.rpartition(".")[2] in LEADERS and not name.startswith("unit")
    } | {"county.office"}


def test_nothing_of_it_is_done_to_a_case_that_ended_but_a_reply_is_still_noted(
    register, coordinator, people, now
):
    dispute = take("withdraw", register(), coordinator, now, reason="双方和好")
    by = actor(coordinator)
    assert not rights.may_name_leader(by, dispute)
    assert not rights.may_write_letters(by, dispute)
    assert not rights.may_assign_case_leader(actor(people["t01.deputy"]), dispute)
    assert rights.may_note_letters(by, dispute)


def test_the_county_and_the_administrator_read_the_coverage(people):
    assert {name for name, person in people.items() if rights.may_see_coverage(actor(person))} == COVERAGE
    assert not rights.may_see_coverage(None)
