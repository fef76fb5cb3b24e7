from datetime import date, timedelta

import pytest

from core.errors import InvalidInput, NotFound, NotPermitted, StaleVersion, WrongState
from disputes.models import Dispute
from disputes.services import clocks, steps
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db


def test_registering_takes_the_next_number_and_waits_for_the_coordinator(clerk, monday):
    first, second = registered(clerk, monday), registered(clerk, monday)
    assert (first.number, second.number) == ("t01-2026-000001", "t01-2026-000002")
    assert first.status == "registered"
    assert (first.waiting_org.code, first.waiting_role) == ("t01.centre", "coordinator")
    assert first.next_due_at.isoformat() == "2026-03-04T15:59:59+00:00"


def test_registering_names_every_fault_at_its_field_and_saves_nothing(clerk, monday):
    with pytest.raises(InvalidInput) as caught:
        registered(
            clerk, monday, title="", people_count=0, occurred_on=date(2026, 3, 3), place="t99", parties=()
        )
    assert set(caught.value.errors) == {"title", "people_count", "occurred_on", "place", "parties"}
    assert Dispute.objects.count() == 0


def test_a_failed_registration_leaves_no_gap_in_the_numbers(clerk, monday):
    registered(clerk, monday)
    with pytest.raises(InvalidInput):
        registered(clerk, monday, amount_fen=-1)
    assert registered(clerk, monday).seq == 2


def test_a_handler_cannot_register(department_handler, monday):
    with pytest.raises(NotPermitted):
        registered(department_handler, monday)


def test_accepting_starts_the_resolve_clock_by_rule(new, coordinator, monday):
    dispute = take("accept", new, coordinator, monday)
    assert dispute.status == "accepted"
    assert dispute.resolve_by.isoformat() == "2026-04-01T15:59:59+00:00"  # 30 days
    assert clocks.running(dispute, "accept") is None


def test_accepting_with_a_day_of_its_own_sets_that_day(new, coordinator, monday):
    dispute = take("accept", new, coordinator, monday, resolve_by=date(2026, 3, 20))
    assert dispute.resolve_by.isoformat() == "2026-03-20T15:59:59+00:00"


def test_accepting_to_a_day_gone_by_is_a_message_at_the_field(new, coordinator, monday):
    with pytest.raises(InvalidInput) as caught:
        take("accept", new, coordinator, monday, resolve_by=date(2026, 3, 2))
    assert "resolve_by" in caught.value.errors


def test_a_clerk_cannot_accept(new, clerk, monday):
    with pytest.raises(NotPermitted):
        take("accept", new, clerk, monday)


def test_another_towns_coordinator_does_not_even_see_it(new, outside_coordinator, monday):
    with pytest.raises(NotFound):
        take("accept", new, outside_coordinator, monday)


def test_accepting_twice_says_it_has_moved_on(accepted, coordinator, monday):
    with pytest.raises(WrongState):
        take("accept", accepted, coordinator, monday)


def test_a_stale_page_learns_who_acted(new, coordinator, monday):
    take("accept", new, coordinator, monday)
    with pytest.raises(StaleVersion, match="受理"):
        steps.take(
            "assign",
            number=new.number,
            data={"lead_unit": "t01.v01"},
            by=actor(coordinator),
            now=monday,
            version=1,
        )


def test_declining_needs_reason_and_routes(new, coordinator, monday):
    with pytest.raises(InvalidInput) as caught:
        take("decline", new, coordinator, monday)
    assert set(caught.value.errors) == {"reason", "routes"}
    declined = take("decline", new, coordinator, monday, reason="已由法院受理", routes=["proceedings"])
    assert declined.status == "declined"
    assert declined.next_due_at is None


def test_merging_keeps_the_earlier_date_and_the_danger_mark(new, clerk, coordinator, monday):
    later = registered(clerk, monday + timedelta(days=1), danger=True)
    merged = take("merge", new, coordinator, monday + timedelta(days=1), into=later.number)
    later.refresh_from_db()
    assert merged.status == "merged"
    assert merged.merged_into == later
    assert later.registered_at == monday
    assert later.danger


def test_nothing_merges_into_itself_or_into_what_nobody_sees(new, coordinator, monday):
    for target in (new.number, "t99-2026-000001"):
        with pytest.raises(InvalidInput) as caught:
            take("merge", new, coordinator, monday, into=target)
        assert "into" in caught.value.errors


def test_withdrawing_ends_the_assignment_and_every_clock(in_progress, coordinator, monday):
    dispute = take("withdraw", in_progress, coordinator, monday + timedelta(days=1), reason="双方自行和好")
    assert dispute.status == "withdrawn"
    assert dispute.next_due_at is None
    assert not dispute.assignments.filter(ended_at=None).exists()
