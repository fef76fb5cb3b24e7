"""Who sees what of a dispute that goes from centre to centre; where it stands in ledgers and figures, once."""

from datetime import date, timedelta

import pytest

from calendars.services.sweep import sweep
from dashboards.rules.periods import Period
from dashboards.selectors.figures import figures
from disputes.disclosure import disclosure
from disputes.models import Dispute
from disputes.selectors import ledger_export
from disputes.selectors.as_of import as_seen
from disputes.selectors.filters import LedgerFilter
from disputes.selectors.ledger import NEWEST
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
MARCH = Period("custom", date(2026, 3, 1), date(2026, 3, 31))


def sees(who, dispute) -> bool:
    return Dispute.objects.visible_to(actor(who)).filter(pk=dispute.pk).exists()


def sees_all_of_it(who, dispute) -> bool:
    return sees(who, dispute) and disclosure(actor(who), dispute).trail_until is None


@pytest.fixture
def elsewhere(county_office, monday):
    """Of a place in t01, given to t02."""
    dispute = registered(county_office, monday)
    return take("hand_down", dispute, county_office, monday, town="t02")


def test_the_town_it_is_given_to_sees_it_and_the_county_sees_every_step(
    elsewhere, outsider, outside_coordinator, county_office, people, village, monday
):
    assert sees_all_of_it(outsider, elsewhere)
    assert not sees(people["t02.v01"], elsewhere)
    assert not sees(village, elsewhere)
    take("pass_to", elsewhere, outside_coordinator, monday, unit="t02.v01")
    assert sees_all_of_it(people["t02.v01"], elsewhere)
    assert sees_all_of_it(county_office, elsewhere)


def test_given_back_the_town_sees_it_as_it_was(
    elsewhere, outsider, outside_coordinator, county_office, monday
):
    later = monday + timedelta(days=1)
    take("report_up", elsewhere, outside_coordinator, later, reason="办不了")
    back = take("accept_report", elsewhere, county_office, later)
    shown = disclosure(actor(outsider), back)
    assert shown.trail_until == later
    (seen,) = as_seen([back], {back.pk: shown})
    assert seen.managing_org.code == "county.centre"  # that step is still theirs to see
    again = take("hand_down", back, county_office, later + timedelta(days=1), town="t02")
    assert sees_all_of_it(outsider, again)


def test_as_it_was_tells_whose_order_it_was(elsewhere, outside_coordinator, county_office, people, monday):
    take("pass_to", elsewhere, outside_coordinator, monday + timedelta(hours=1), unit="t02.v01")
    take(
        "transfer",
        elsewhere,
        outside_coordinator,
        monday + timedelta(hours=2),
        lead_unit="t02.v02",
        reason="属二村",
    )
    later = monday + timedelta(days=1)
    take("report_up", elsewhere, outside_coordinator, later, reason="办不了")
    back = take("accept_report", elsewhere, county_office, later)
    shown = disclosure(actor(people["t02.v01"]), back)
    (seen,) = as_seen([back], {back.pk: shown})
    assert (seen.managing_org.code, seen.handed_down_by.code) == ("t02.centre", "county.centre")
    assert seen.county_due_at is not None


def test_a_town_that_passed_it_on_sees_it_as_it_was_and_its_clerk_follows_it(
    passed, clerk, coordinator, deputy, outsider, county_office
):
    assert sees(coordinator, passed)
    assert not sees_all_of_it(coordinator, passed)
    assert not sees_all_of_it(deputy, passed)
    assert sees_all_of_it(clerk, passed)
    assert sees_all_of_it(outsider, passed)
    assert sees_all_of_it(county_office, passed)


def test_the_town_it_happened_in_goes_on_seeing_it(clerk, coordinator, monday):
    dispute = registered(clerk, monday)
    passed = take("pass_to", dispute, coordinator, monday, town="t02")
    assert sees_all_of_it(coordinator, passed)


def test_restricted_it_is_opened_to_the_centres_posts_alone(
    county_office, coordinator, deputy, clerk, outside_coordinator, monday
):
    dispute = registered(county_office, monday, restricted=True)
    assert not sees(coordinator, dispute)
    handed = take("hand_down", dispute, county_office, monday, town="t01")
    assert sees(coordinator, handed)
    assert not sees(clerk, handed)
    assert not sees(outside_coordinator, handed)


def test_left_out_after_a_mark_the_town_sees_nothing(in_hand, coordinator, clerk, county_office, monday):
    marked = take("mark_conflict", in_hand, coordinator, monday, units=["t01.gov"], reason="反映镇政府")
    assert not sees(coordinator, marked)
    assert not sees(clerk, marked)
    assert sees(county_office, marked)


def rows_of(who, query, now) -> list[str]:
    by = actor(who)
    rows = LedgerFilter(query, Dispute.objects.visible_to(by), by=by, now=now).qs
    return list(rows.values_list("number", flat=True))


def test_it_stands_in_the_ledger_of_the_town_that_handles_it(
    elsewhere, county_office, outsider, clerk, monday
):
    number = elsewhere.number
    assert rows_of(outsider, {"place": "t02"}, monday) == [number]
    assert rows_of(county_office, {"place": "t02"}, monday) == [number]
    assert rows_of(county_office, {"place": "t01"}, monday) == []
    assert rows_of(county_office, {}, monday) == [number]
    assert elsewhere.display_number == Dispute.objects.get(number=number).display_number


def test_it_counts_once_with_the_town_that_handles_it(
    elsewhere, handed, passed, county_office, outside_coordinator, monday
):
    found = figures(actor(county_office), MARCH, monday + timedelta(days=10))
    received = {group.label: group.counts["received"].number for group in found.towns}
    assert received == {"青石镇": 1, "柳河乡": 2}
    assert found.received.number == sum(received.values()) == 3
    take("report_up", elsewhere, outside_coordinator, monday, reason="办不了")
    take("accept_report", elsewhere, county_office, monday)
    found = figures(actor(county_office), MARCH, monday + timedelta(days=10))
    assert {group.label: group.counts["received"].number for group in found.towns} == {
        "青石镇": 2,
        "柳河乡": 1,
    }


def test_one_limit_for_settling_falls_due_and_is_judged_by_the_countys_date(in_hand, county_office, monday):
    period = Period("custom", date(2026, 3, 1), date(2026, 4, 30))
    now = monday + timedelta(days=60)
    sweep(now)
    found = figures(actor(county_office), period, now)
    assert (found.fell_due.number, found.kept.number) == (1, 0)
    assert [group.counts["fell_due"].number for group in found.towns] == [1]


def test_the_export_tells_who_handed_it_to_whom(elsewhere, county_office):
    rows = Dispute.objects.filter(pk=elsewhere.pk)
    ((row,),) = ledger_export.batches(rows, sort=NEWEST, by=actor(county_office))
    assert row[0] == "柳河乡"
    assert any("县级交办柳河乡综治中心" in cell for cell in row)


def test_who_passed_it_on_does_not_learn_by_filtering_whose_it_is_by_now(
    passed, clerk, coordinator, outside_coordinator, county_office, monday
):
    later = monday + timedelta(days=1)
    assert rows_of(coordinator, {"place": "t02"}, monday) == [passed.number]
    take("report_up", passed, outside_coordinator, later, reason="办不了")
    take("accept_report", passed, county_office, later)
    take("hand_down", passed, county_office, later, town="t01")
    take("report_up", passed, coordinator, later, reason="不归本镇")
    take("accept_report", passed, county_office, later + timedelta(hours=1))
    take("hand_down", passed, county_office, later + timedelta(hours=2), town="t02")
    assert rows_of(clerk, {"place": "t02"}, later) == [passed.number]
