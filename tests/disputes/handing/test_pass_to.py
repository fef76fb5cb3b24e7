"""转交: to a unit of the town's own in one act, or over to the town it belongs to (首问负责)."""

from datetime import date, timedelta

import pytest

from core.errors import InvalidInput, NotPermitted, WrongState
from disputes.models import Dispute, Handing, TrailEntry
from disputes.services import clocks
from notifications.models import Notice
from tests.disputes.handing.test_hand_down import THIRTY_DAYS, day_of
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(clerk, monday):
    return registered(clerk, monday)


def test_the_right_town_has_it_in_one_act_under_the_same_number(wrong_window, coordinator, monday):
    number, now = wrong_window.number, monday + timedelta(hours=3)
    passed = take("pass_to", wrong_window, coordinator, now, town="t02", instruction="来访人已告知。")

    assert (passed.number, passed.managing_org.code, passed.status) == (number, "t02.centre", "registered")
    assert passed.received_by.code == "t01.centre"
    assert (passed.handed_down_by, passed.county_due_at) == (None, None)
    assert Handing.objects.get().kind == "over"
    clock = clocks.running(passed, "accept")
    assert clock.starts_at == now


def test_the_county_and_who_received_the_visitor_hear_of_it(passed):
    told = Notice.objects.filter(url__contains=passed.number, kind="passed_over")
    assert set(told.values_list("recipient__username", flat=True)) == {
        "county.office",
        "county.coordinator",
        "t01.clerk",
    }
    asked = Notice.objects.filter(url__contains=passed.number, kind="step.pass_to")
    assert set(asked.values_list("recipient__username", flat=True)) == {"t02.coordinator"}


def test_the_receiving_town_takes_it_on_and_settles_it_itself(passed, outside_coordinator, people, monday):
    now = monday + timedelta(hours=2)
    take("accept", passed, outside_coordinator, now)
    take("pass_to", passed, outside_coordinator, now, unit="t02.v01")
    take("sign_for", passed, people["t02.v01"], now)
    take("submit_result", passed, people["t02.v01"], now, outcome="oral_agreement", account="谈妥")
    assert take("approve_result", passed, outside_coordinator, now, outcome="settled").status == "settled"


def test_it_is_passed_on_once_and_then_the_county_says_whose_it_is(
    passed, outside_coordinator, county_office, monday
):
    now = monday + timedelta(hours=2)
    with pytest.raises(InvalidInput, match="不能再"):
        take("pass_to", passed, outside_coordinator, now, town="t01")
    take("report_up", passed, outside_coordinator, now, reason="路灯在青石镇境内")
    up = take("accept_report", passed, county_office, now)
    assert up.managing_org.code == "county.centre"
    assert Handing.objects.get().ended_by_step == "accept_report"
    down = take("hand_down", up, county_office, now, town="t01")
    assert down.managing_org.code == "t01.centre"


def test_a_date_the_party_was_told_goes_along(wrong_window, coordinator, outside_coordinator, monday):
    take("accept", wrong_window, coordinator, monday)
    told = day_of(wrong_window, "resolve")
    assert told == THIRTY_DAYS
    passed = take("pass_to", wrong_window, coordinator, monday + timedelta(days=4), town="t02")
    assert (passed.status, day_of(passed, "resolve")) == ("registered", told)
    with pytest.raises(WrongState, match="已经受理"):
        take(
            "decline",
            passed,
            outside_coordinator,
            monday + timedelta(days=4),
            reason="x",
            routes=["litigation"],
        )
    with pytest.raises(InvalidInput, match="已经告知"):
        take("accept", passed, outside_coordinator, monday + timedelta(days=4), resolve_by=date(2026, 4, 30))
    accepted = take("accept", passed, outside_coordinator, monday + timedelta(days=5))
    assert day_of(accepted, "resolve") == told
    assert accepted.accepted_at == monday


def test_a_named_date_goes_along_but_never_a_later_one(wrong_window, coordinator, monday):
    take("accept", wrong_window, coordinator, monday)
    with pytest.raises(InvalidInput) as caught:
        take("pass_to", wrong_window, coordinator, monday, town="t02", resolve_by=date(2026, 5, 1))
    assert set(caught.value.errors) == {"resolve_by"}
    passed = take("pass_to", wrong_window, coordinator, monday, town="t02", resolve_by=date(2026, 3, 13))
    assert day_of(passed, "resolve") == date(2026, 3, 13)


@pytest.mark.parametrize("data", [{}, {"town": "t02", "unit": "t01.v01"}])
def test_one_receiver_and_only_one(data, own, coordinator, monday):
    with pytest.raises(InvalidInput) as caught:
        take("pass_to", own, coordinator, monday, **data)
    assert set(caught.value.errors) == {"town"}


@pytest.mark.parametrize("town", ["t01", "t09", "county.centre"])
def test_another_town_of_the_county(town, own, coordinator, monday):
    with pytest.raises(InvalidInput) as caught:
        take("pass_to", own, coordinator, monday, town=town)
    assert set(caught.value.errors) == {"town"}


def test_what_is_about_a_towns_officers_is_not_passed_to_it(clerk, county_office, coordinator, monday):
    about_village = registered(clerk, monday, accused_units=("t02.v01",), place="t02.v01")
    assert take("pass_to", about_village, coordinator, monday, town="t02").managing_org.code == "t02.centre"


def test_a_village_has_it_in_one_act_accepted_and_assigned(own, coordinator, village, monday):
    given = take(
        "pass_to",
        own,
        coordinator,
        monday,
        unit="t01.v01",
        instruction="先到现场看",
        resolve_by=date(2026, 3, 12),
    )
    assert (given.status, given.lead_unit.code, given.responsible_person) == ("assigned", "t01.v01", village)
    assert (given.accepted_at, day_of(given, "resolve")) == (monday, date(2026, 3, 12))
    steps = TrailEntry.objects.filter(dispute=own, step__in=["accept", "pass_to"]).order_by("seq")
    assert list(steps.values_list("step", flat=True)) == ["accept", "pass_to"]
    entry = TrailEntry.objects.get(dispute=own, step="pass_to")
    assert entry.texts.get(name="instruction").text == "先到现场看"


@pytest.mark.parametrize("unit", ["hrss", "t02.v01", "nowhere"])
def test_a_unit_of_its_own(unit, own, coordinator, monday):
    with pytest.raises(InvalidInput) as caught:
        take("pass_to", own, coordinator, monday, unit=unit)
    assert set(caught.value.errors) == {"unit"}
    own.refresh_from_db()
    assert own.status == "registered"  # nothing half done


def test_a_barred_village_is_not_given_it(clerk, coordinator, monday):
    dispute = registered(clerk, monday, accused_units=("t01.v01",))
    with pytest.raises(InvalidInput) as caught:
        take("pass_to", dispute, coordinator, monday, unit="t01.v01")
    assert set(caught.value.errors) == {"unit"}


def test_what_was_handed_down_is_passed_to_a_village_within_the_countys_date(handed, coordinator, monday):
    with pytest.raises(InvalidInput) as caught:
        take("pass_to", handed, coordinator, monday, unit="t01.v01", resolve_by=date(2026, 4, 30))
    assert set(caught.value.errors) == {"resolve_by"}
    given = take("pass_to", handed, coordinator, monday, unit="t01.v01")
    assert (given.status, day_of(given, "resolve")) == ("assigned", THIRTY_DAYS)


def test_clerks_villages_other_towns_and_the_county_pass_nothing_on(
    own, clerk, village, outside_coordinator, county_office, of_county, monday
):
    for who, dispute in ((clerk, own), (county_office, own), (county_office, of_county)):
        with pytest.raises(NotPermitted):
            take("pass_to", dispute, who, monday, town="t02")
    assert Dispute.objects.filter(managing_org__code="t02.centre").count() == 0
