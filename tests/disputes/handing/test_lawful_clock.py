"""The ten days of the police end where the police have it no more: returned, reported, handed on, recalled.

The oracle: thirty days after Monday 2 March 2026 is 1 April; the police's ten days from the fourth are 16 March
(14 March is a Saturday)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from accounts.models import Appointment
from disputes.models import Dispute
from disputes.services import clocks
from tests.disputes.handing.test_hand_down import day_of
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FROM, TEN_DAYS, GENERAL = date(2026, 3, 4), date(2026, 3, 16), date(2026, 4, 1)
RETURN = {"ground": "not_competent", "reason": "应由交通局处理"}


def by_law(dispute: Dispute) -> bool:
    return clocks.running(dispute, "resolve").rule["key"] == "police_mediation"


def mediated(dispute: Dispute, coordinator: Appointment, police: Appointment, monday: datetime) -> Dispute:
    take("accept", dispute, coordinator, monday)
    take("assign", dispute, coordinator, monday, lead_unit="t01.police")
    take("sign_for", dispute, police, monday)
    begun = take("begin_mediation", dispute, police, monday + 2 * DAY, ground="funeral", on=FROM)
    assert (by_law(begun), day_of(begun, "resolve")) == (True, TEN_DAYS)
    return begun


@pytest.fixture
def of_town(clerk: Appointment, coordinator: Appointment, police: Appointment, monday: datetime) -> Dispute:
    return mediated(registered(clerk, monday, category="traffic"), coordinator, police, monday)


@pytest.fixture
def of_order(
    county_office: Appointment, coordinator: Appointment, police: Appointment, monday: datetime
) -> Dispute:
    """Handed down by the county, which wants it back in thirty days."""
    handed = take(
        "hand_down", registered(county_office, monday, category="traffic"), county_office, monday, town="t01"
    )
    return mediated(handed, coordinator, police, monday)


def test_with_a_return(of_town, police, coordinator, monday):
    now = monday + 2 * DAY
    take("request_return", of_town, police, now, **RETURN)
    back = take("decide_return", of_town, coordinator, now, granted=True, reason="同意")
    assert (by_law(back), day_of(back, "resolve")) == (False, GENERAL)
    over = take("pass_to", back, coordinator, now, town="t02")
    assert (by_law(over), day_of(over, "resolve")) == (False, GENERAL)


def test_with_passing_on_to_another_unit(of_town, police, coordinator, monday):
    now = monday + 2 * DAY
    take("request_return", of_town, police, now, **RETURN)
    take("decide_return", of_town, coordinator, now, granted=True, reason="同意")
    given = take("pass_to", of_town, coordinator, now, unit="t01.v01")
    assert (by_law(given), day_of(given, "resolve")) == (False, GENERAL)


def test_with_the_report_to_the_county_and_what_it_hands_down(of_town, coordinator, county_office, monday):
    now = monday + 3 * DAY
    take("report_up", of_town, coordinator, now, reason="涉及两镇")
    taken = take("accept_report", of_town, county_office, now)
    assert (by_law(taken), day_of(taken, "resolve")) == (False, GENERAL)
    down = take("hand_down", taken, county_office, now, town="t02")
    assert day_of(down, "county") == GENERAL  # and not within the ten days of a police that has it no more


def test_with_a_recall(of_order, county_office, monday):
    back = take("recall", of_order, county_office, monday + 3 * DAY, reason="县里直接办理")
    assert (by_law(back), day_of(back, "resolve")) == (False, GENERAL)
    given = take("assign", back, county_office, monday + 3 * DAY, lead_unit="t02.police")
    assert (by_law(given), day_of(given, "resolve")) == (False, GENERAL)


def test_a_second_return_to_the_county(of_order, police, coordinator, county_office, monday):
    now = monday + 2 * DAY
    take("request_return", of_order, police, now, **RETURN)
    back = take("decide_return", of_order, coordinator, now, granted=True, reason="同意")
    assert (by_law(back), day_of(back, "resolve"), day_of(back, "county")) == (False, GENERAL, GENERAL)


def test_with_a_conflict_mark(of_town, coordinator, monday):
    back = take("mark_conflict", of_town, coordinator, monday + 3 * DAY, reason="收礼", people=["t01.police"])
    assert (back.status, by_law(back), day_of(back, "resolve")) == ("accepted", False, GENERAL)


def test_with_a_conflict_mark_after_its_result(of_town, police, coordinator, monday):
    take("submit_result", of_town, police, monday + 3 * DAY, outcome="oral_agreement", account="当场谈妥。")
    back = take("mark_conflict", of_town, coordinator, monday + 3 * DAY, reason="收礼", people=["t01.police"])
    assert (back.status, by_law(back)) == ("accepted", False)
    assert day_of(back, "resolve") >= GENERAL


def test_with_a_conflict_mark_that_takes_it_to_the_county(of_order, coordinator, county_office, monday):
    """The county has its own thirty days back, not the ten of a police that must keep out."""
    back = take(
        "mark_conflict",
        of_order,
        coordinator,
        monday + 3 * DAY,
        reason="收礼",
        units=["t01.police", "t01.gov"],
    )
    assert back.managing_org_id == county_office.post.organization_id
    assert (by_law(back), day_of(back, "resolve")) == (False, GENERAL)


def test_with_a_mark_of_others_it_stays(of_town, coordinator, monday):
    kept = take("mark_conflict", of_town, coordinator, monday + 3 * DAY, reason="收礼", units=["t01.v02"])
    assert (kept.lead_unit.code, by_law(kept), day_of(kept, "resolve")) == ("t01.police", True, TEN_DAYS)


def test_with_a_category_that_proves_wrong(of_town, coordinator, monday):
    """It is no traffic accident: no later step asks any more whether the ten days hold."""
    fields = {"category": "neighbour"}
    right = take("correct", of_town, coordinator, monday + 3 * DAY, fields=fields, reason="不是交通事故")
    assert (by_law(right), day_of(right, "resolve")) == (False, GENERAL)


def test_what_a_person_named_or_gave_beyond_it_stays(of_town, police, coordinator, monday):
    """Time that was left beyond the general limit stays, as on a transfer."""
    now = monday + 2 * DAY
    take("request_extension", of_town, police, now, days=30, reason="等鉴定")
    take("decide_extension", of_town, coordinator, now, granted=True, reason="同意")
    longer = day_of(of_town, "resolve")
    assert longer > GENERAL
    take("request_return", of_town, police, now, **RETURN)
    back = take("decide_return", of_town, coordinator, now, granted=True, reason="同意")
    assert day_of(back, "resolve") >= longer
