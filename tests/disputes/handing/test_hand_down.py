"""交办乡镇: the county gives a dispute down to a town; one dispute, one number, one date of the county's."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from core.clock import SHANGHAI, shanghai_date
from core.errors import InvalidInput, NotPermitted, WrongState
from disputes.models import Dispute, Handing
from disputes.rules.origin import OriginFacts
from disputes.services import clocks
from notifications.models import Notice
from tests.factories.day_list import last_day
from tests.factories.day_list import works_in_2026 as works
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db

THIRTY_DAYS = last_day(date(2026, 3, 2), [(30, "day")], [], works)
SIXTY_DAYS = last_day(date(2026, 3, 2), [(60, "day")], [], works)


def day_of(dispute: Dispute, kind: str) -> date | None:
    clock = clocks.running(dispute, kind)
    return shanghai_date(clock.due_at) if clock else None


def test_the_town_manages_one_dispute_under_the_countys_number(of_county, county_office, monday):
    number = of_county.number
    handed = take("hand_down", of_county, county_office, monday, town="t01", instruction="请尽快办理。")

    assert (handed.number, handed.managing_org.code, handed.status) == (number, "t01.centre", "registered")
    assert (handed.waiting_org.code, handed.waiting_role) == ("t01.centre", "coordinator")
    assert (handed.received_by.code, handed.handed_down_by.code) == ("county.centre", "county.centre")
    assert Dispute.objects.count() == 1
    row = Handing.objects.get()
    assert (row.kind, row.from_centre.code, row.to_centre.code) == ("down", "county.centre", "t01.centre")
    assert row.ended_at is None


def test_the_countys_date_is_its_limit_by_rule_and_the_town_has_its_own_clock_of_accepting(handed):
    assert shanghai_date(handed.county_due_at) == THIRTY_DAYS == shanghai_date(handed.resolve_by)
    assert day_of(handed, "county") == THIRTY_DAYS
    assert day_of(handed, "accept") is not None
    assert day_of(handed, "resolve") is None


def test_what_the_county_had_accepted_keeps_the_date_the_party_was_told(of_county, county_office, monday):
    take("accept", of_county, county_office, monday, resolve_by=date(2026, 3, 20))
    handed = take("hand_down", of_county, county_office, monday + timedelta(days=3), town="t01")
    assert (handed.status, day_of(handed, "county")) == ("registered", date(2026, 3, 20))


def test_the_county_may_ask_for_it_earlier(of_county, county_office, monday):
    handed = take("hand_down", of_county, county_office, monday, town="t01", resolve_by=date(2026, 3, 12))
    assert day_of(handed, "county") == date(2026, 3, 12)


@pytest.mark.parametrize("state", ["registered", "accepted", "not_resolved", "reopened"])
def test_from_every_state_in_which_the_county_has_it_to_itself(state, of_county, county_office, monday):
    if state != "registered":
        take("accept", of_county, county_office, monday)
    if state == "reopened":
        take("withdraw", of_county, county_office, monday, reason="双方和好")
        take("reopen", of_county, county_office, monday, reason="又起争执")
    if state == "not_resolved":
        Dispute.objects.filter(pk=of_county.pk).update(status="not_resolved")
    handed = take("hand_down", of_county, county_office, monday, town="t01")
    assert (handed.status, handed.managing_org.code) == ("registered", "t01.centre")


@pytest.mark.parametrize("named", [date(2026, 3, 2), date(2026, 5, 20)])
def test_a_date_in_the_past_or_after_the_countys_is_refused_at_its_field(
    named, of_county, county_office, monday
):
    take("accept", of_county, county_office, monday)
    with pytest.raises(InvalidInput) as caught:
        take("hand_down", of_county, county_office, monday, town="t01", resolve_by=named)
    assert set(caught.value.errors) == {"resolve_by"}
    assert not Handing.objects.exists()


def test_the_date_of_who_sent_it_bounds_the_countys(county_office, monday):
    theirs = datetime(2026, 3, 9, 17, 30, tzinfo=SHANGHAI)
    sent = registered(
        county_office, monday, source="hotline", origin=OriginFacts(sender="市12345热线中心", due_at=theirs)
    )
    with pytest.raises(InvalidInput) as caught:
        take("hand_down", sent, county_office, monday, town="t01", resolve_by=date(2026, 3, 10))
    assert "来件" in str(caught.value.errors["resolve_by"])
    handed = take("hand_down", sent, county_office, monday, town="t01")
    assert handed.county_due_at == theirs


def test_a_limit_that_is_past_needs_a_new_date(of_county, county_office, monday):
    take("accept", of_county, county_office, monday, resolve_by=date(2026, 3, 6))
    late = monday + timedelta(days=10)
    with pytest.raises(InvalidInput, match="已过"):
        take("hand_down", of_county, county_office, late, town="t01")
    handed = take("hand_down", of_county, county_office, late, town="t01", resolve_by=date(2026, 3, 20))
    assert day_of(handed, "county") == date(2026, 3, 20)
    assert clocks.latest(handed, "resolve").missed_at is not None


@pytest.mark.parametrize("town", ["t09", "county.centre", "county", "t01.v01", "369902001"])
def test_only_a_town_of_the_county_takes_it(town, of_county, county_office, monday):
    with pytest.raises(InvalidInput) as caught:
        take("hand_down", of_county, county_office, monday, town=town)
    assert set(caught.value.errors) == {"town"}


def test_what_is_about_a_towns_own_officers_is_not_handed_down(county_office, monday):
    about_town = registered(county_office, monday, accused_units=("t01.gov",))
    with pytest.raises(InvalidInput, match="县综治中心办理"):
        take("hand_down", about_town, county_office, monday, town="t01")
    about_village = registered(county_office, monday, accused_units=("t01.v02",))
    assert (
        take("hand_down", about_village, county_office, monday, town="t01").managing_org.code == "t01.centre"
    )


def test_a_barred_centre_is_not_offered(county_office, monday):
    about_centre = registered(county_office, monday, accused_units=("t02.centre",))
    with pytest.raises(InvalidInput) as caught:
        take("hand_down", about_centre, county_office, monday, town="t02")
    assert set(caught.value.errors) == {"town"}


def test_only_the_county_of_what_it_manages(wrong_window, of_county, coordinator, county_office, monday):
    with pytest.raises(NotPermitted):
        take("hand_down", wrong_window, county_office, monday, town="t02")  # the town's still
    with pytest.raises(NotPermitted):
        take("hand_down", of_county, coordinator, monday, town="t02")


def test_the_town_accepts_gives_it_on_and_never_gets_more_time_than_the_county(
    handed, coordinator, monday, village
):
    later = monday + timedelta(days=10)
    accepted = take("accept", handed, coordinator, later)
    assert day_of(accepted, "resolve") == THIRTY_DAYS  # by rule it would end ten days later
    with pytest.raises(InvalidInput, match="县级要求"):
        take("assign", accepted, coordinator, later, lead_unit="t01.v01", resolve_by=date(2026, 4, 20))
    given = take("assign", accepted, coordinator, later, lead_unit="t01.v01", resolve_by=date(2026, 3, 20))
    assert given.responsible_person == village
    assert day_of(given, "county") == THIRTY_DAYS


def test_a_town_names_no_later_date_when_it_accepts(handed, coordinator, monday):
    with pytest.raises(InvalidInput) as caught:
        take("accept", handed, coordinator, monday, resolve_by=date(2026, 4, 20))
    assert set(caught.value.errors) == {"resolve_by"}


def test_a_town_does_not_decline_nor_pass_on_what_the_county_ordered(handed, coordinator, monday):
    with pytest.raises(WrongState, match="交办"):
        take("decline", handed, coordinator, monday, reason="不归我们", routes=["litigation"])
    with pytest.raises(InvalidInput, match="交办"):
        take("pass_to", handed, coordinator, monday, town="t02")


def test_a_town_gives_it_back_with_its_reason_and_the_date_stays(handed, coordinator, county_office, monday):
    take("report_up", handed, coordinator, monday + timedelta(days=1), reason="涉及两镇，本镇办不了")
    back = take("accept_report", handed, county_office, monday + timedelta(days=2))

    assert (back.managing_org.code, back.handed_down_by, back.county_due_at) == ("county.centre", None, None)
    assert (day_of(back, "resolve"), day_of(back, "county")) == (THIRTY_DAYS, None)
    row = Handing.objects.get()
    assert (row.ended_by_step, row.ended_at) == ("accept_report", monday + timedelta(days=2))
    again = take("hand_down", back, county_office, monday + timedelta(days=2), town="t02")
    assert (again.managing_org.code, day_of(again, "county")) == ("t02.centre", THIRTY_DAYS)


def test_a_report_taken_back_leaves_it_with_the_town(handed, coordinator, monday):
    due = day_of(handed, "accept")
    take("report_up", handed, coordinator, monday, reason="办不了")
    kept = take("take_back", handed, coordinator, monday + timedelta(hours=1))
    assert (kept.managing_org.code, kept.handed_down_by.code) == ("t01.centre", "county.centre")
    assert day_of(kept, "accept") == due


def test_a_units_first_return_goes_to_its_town_and_the_second_to_the_county(
    handed, coordinator, village, county_office, monday
):
    take("accept", handed, coordinator, monday)
    take("assign", handed, coordinator, monday, lead_unit="t01.v01")
    ask = {"ground": "not_competent", "reason": "非本村事务"}
    first = take("request_return", handed, village, monday, **ask)
    assert first.waiting_org.code == "t01.centre"
    back = take("decide_return", handed, coordinator, monday, granted=True, reason="同意")
    assert (back.managing_org.code, back.handed_down_by.code) == ("t01.centre", "county.centre")
    take("assign", handed, coordinator, monday, lead_unit="t01.v01")
    second = take("request_return", handed, village, monday, **ask)
    assert second.waiting_org.code == "county.centre"
    taken = take("decide_return", handed, county_office, monday, granted=True, reason="县中心收回")
    assert (taken.managing_org.code, taken.handed_down_by) == ("county.centre", None)
    assert day_of(taken, "resolve") == THIRTY_DAYS


def test_the_town_hears_of_it_and_the_county_of_a_missed_date(handed, people, monday):
    told = Notice.objects.filter(url__contains=handed.number, kind="step.hand_down")
    assert set(told.values_list("recipient__username", flat=True)) == {"t01.coordinator"}


def test_a_petition_has_sixty_days(county_office, monday):
    petition = registered(county_office, monday, source="petition")
    handed = take("hand_down", petition, county_office, monday, town="t01")
    assert day_of(handed, "county") == SIXTY_DAYS


def test_the_database_allows_one_handing_at_a_time(handed, people):
    row = Handing.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.filter(pk=handed.pk).update(county_due_at=None)
