"""中止: the resolve clock rests only while the unit works on the case, and every way out ends the rest."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Appointment
from calendars.models import Deadline
from calendars.presenters import explanation
from core.clock import shanghai_date
from core.errors import WrongState
from disputes.models import Dispute
from disputes.services import clocks
from tests.factories.day_list import last_day
from tests.factories.day_list import works_in_2026 as works
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db

FAR = date(2026, 3, 20)


@pytest.fixture
def suspended(in_progress: Dispute, village: Appointment, monday: datetime) -> Dispute:
    return take("suspend", in_progress, village, monday + timedelta(days=1), reason="司法鉴定", until=FAR)


def resolve_day(dispute: Dispute) -> date:
    clock = clocks.running(dispute, "resolve")
    assert clock is not None
    return shanghai_date(clock.due_at)


def again_in_hand(dispute: Dispute, coordinator: Appointment, village: Appointment, now: datetime) -> Dispute:
    take("assign", dispute, coordinator, now, lead_unit="t01.v01")
    return take("sign_for", dispute, village, now)


def test_withdrawing_ends_the_rest_and_a_reopened_case_runs_and_may_rest_again(
    suspended, coordinator, village, monday
):
    now = monday + timedelta(days=2)
    gone = take("withdraw", suspended, coordinator, now, reason="双方自行和好")
    assert not gone.suspended
    take("reopen", gone, coordinator, now, reason="又起争执")
    running = again_in_hand(gone, coordinator, village, now)

    assert not running.suspended
    clock = clocks.running(running, "resolve")
    assert not clock.paused
    assert take("suspend", running, village, now, reason="再次鉴定", until=FAR).suspended


def test_merging_ends_the_rest_and_leaves_the_target_free_to_rest(
    suspended, clerk, coordinator, village, monday
):
    now = monday + timedelta(days=2)
    target = registered(clerk, monday)
    take("accept", target, coordinator, monday)
    merged = take("merge", suspended, coordinator, now, into=target.number)

    assert not merged.suspended
    assert not Deadline.objects.of("dispute", merged.pk).unmet().exists()
    target.refresh_from_db()
    running = again_in_hand(target, coordinator, village, now)
    assert take("suspend", running, village, now, reason="鉴定", until=FAR).suspended


def test_a_transfer_ends_the_rest_and_the_days_that_rested_stay_given(suspended, coordinator, monday):
    moved = take(
        "transfer", suspended, coordinator, monday + timedelta(days=4), lead_unit="t01.v02", reason="属邻村"
    )

    assert not moved.suspended
    assert resolve_day(moved) == last_day(
        date(2026, 3, 2), [(30, "day")], [(date(2026, 3, 3), date(2026, 3, 6))], works
    )
    assert moved.trail.get(step="transfer").payload.count('"rest_ended":true') == 1


def test_a_return_is_granted_while_the_clock_rests_and_days_of_both_rest_once(
    suspended, coordinator, village, monday
):
    take("request_return", suspended, village, monday + timedelta(days=2), ground="not_competent", reason="x")
    back = take(
        "decide_return", suspended, coordinator, monday + timedelta(days=5), granted=True, reason="同意"
    )

    assert (back.status, back.suspended) == ("accepted", False)
    rested = [(date(2026, 3, 3), date(2026, 3, 7)), (date(2026, 3, 4), date(2026, 3, 7))]
    assert resolve_day(back) == last_day(date(2026, 3, 2), [(30, "day")], rested, works)


def test_an_extension_is_granted_while_the_clock_rests(suspended, coordinator, village, monday):
    now = monday + timedelta(days=2)
    take("request_extension", suspended, village, now, days=10, reason="等鉴定结论")
    longer = take("decide_extension", suspended, coordinator, now, granted=True, reason="同意")

    assert longer.suspended
    assert resolve_day(longer) == last_day(
        date(2026, 3, 2), [(30, "day"), (10, "day")], [(date(2026, 3, 3), FAR)], works
    )


def test_settling_ends_the_rest_where_it_stands(suspended, village, coordinator, monday):
    now = monday + timedelta(days=4)
    take("submit_result", suspended, village, now, outcome="oral_agreement", account="和好")
    done = take("approve_result", suspended, coordinator, now, outcome="settled")

    assert (done.suspended, done.settled_on_time) == (False, True)
    clock = clocks.latest(done, "resolve")
    assert shanghai_date(clock.due_at) == last_day(
        date(2026, 3, 2), [(30, "day")], [(date(2026, 3, 3), date(2026, 3, 6))], works
    )


def test_the_named_day_counts_again(suspended):
    assert resolve_day(suspended) == last_day(
        date(2026, 3, 2), [(30, "day")], [(date(2026, 3, 3), FAR)], works
    )


def test_the_database_lets_only_a_case_in_hand_rest(suspended):
    with pytest.raises(IntegrityError, match="dispute_rests_only_in_progress"), transaction.atomic():
        Dispute.objects.filter(pk=suspended.pk).update(status="settled")


def test_refusals_say_what_to_do(suspended, village, coordinator, monday):
    now = monday + timedelta(days=2)
    with pytest.raises(WrongState, match="先恢复计时"):
        take("suspend", suspended, village, now, reason="鉴定", until=date(2026, 4, 1))
    take("resume", suspended, village, now)
    with pytest.raises(WrongState, match="不需要恢复"):
        take("resume", suspended, village, now)
    take("request_extension", suspended, village, now, days=10, reason="等结论")
    with pytest.raises(WrongState, match="先撤回申请"):
        take("transfer", suspended, coordinator, now, lead_unit="t01.v02", reason="属邻村")


def rejected_after_extension(dispute, village, coordinator, monday, resolve_by=None):
    """30 days and 20 more, handed in on day 31 and handed back the same day; rests from day 33 to 43."""
    later = monday + timedelta(days=3)
    take("request_extension", dispute, village, later, days=20, reason="测量")
    take("decide_extension", dispute, coordinator, later, granted=True, reason="同意")
    day31 = monday + timedelta(days=31)
    take("submit_result", dispute, village, day31, outcome="oral_agreement", account="和好")
    take("reject_result", dispute, coordinator, day31, reason="没有协议文本")
    day33 = monday + timedelta(days=33)
    return take(
        "suspend", dispute, village, day33, reason="鉴定", until=shanghai_date(monday + timedelta(days=43))
    )


def test_a_rejection_changes_nothing_in_what_is_counted(in_progress, village, coordinator, monday):
    paused = rejected_after_extension(in_progress, village, coordinator, monday)

    start, rests = date(2026, 3, 2), [(date(2026, 4, 4), date(2026, 4, 14))]
    assert resolve_day(paused) == last_day(start, [(30, "day"), (20, "day")], rests, works)
    told = explanation(clocks.running(paused, "resolve").explanation)
    assert told.startswith("自2026-03-02起50日：其中延期20日；4月4日至13日中止计时")


def test_a_day_named_at_acceptance_moves_as_a_computed_one(new, village, coordinator, monday):
    take("accept", new, coordinator, monday, resolve_by=date(2026, 4, 1))
    again_in_hand(new, coordinator, village, monday)
    paused = rejected_after_extension(new, village, coordinator, monday)

    start, rests = date(2026, 3, 2), [(date(2026, 4, 4), date(2026, 4, 14))]
    assert resolve_day(paused) == last_day(start, [(30, "day"), (20, "day")], rests, works)


def test_what_the_review_took_beyond_its_limit_is_given_back_and_shown_as_the_reviewers(
    submitted, coordinator, monday
):
    """Handed in on Saturday 7 March, the review was due on Tuesday 10; handed back on the 20th."""
    back = take("reject_result", submitted, coordinator, monday + timedelta(days=18), reason="没有协议文本")

    late = [(date(2026, 3, 11), date(2026, 3, 20))]
    assert resolve_day(back) == last_day(date(2026, 3, 2), [(30, "day")], late, works)
    clock = clocks.running(back, "resolve")
    assert "审结超期" in explanation(clock.explanation)
    assert '"given_back":true' in back.trail.get(step="reject_result").payload
    assert clocks.latest(back, "review").missed_at is not None


def test_a_review_late_beyond_the_resolve_date_makes_no_late_unit(submitted, coordinator, monday):
    back = take("reject_result", submitted, coordinator, monday + timedelta(days=60), reason="没有协议文本")

    clock = clocks.running(back, "resolve")
    assert clock.missed_at is None
    assert clock.due_at > monday + timedelta(days=60)


def test_a_miss_is_not_forgotten_by_a_rejection(in_progress, village, coordinator, monday):
    late = monday + timedelta(days=40)
    take("submit_result", in_progress, village, late, outcome="oral_agreement", account="和好")
    take("reject_result", in_progress, coordinator, late, reason="没有协议文本")
    take("submit_result", in_progress, village, late, outcome="oral_agreement", account="附协议")
    done = take("approve_result", in_progress, coordinator, late, outcome="settled")

    assert done.settled_on_time is False
    assert done.trail.filter(step="deadline_missed").count() == 1


def test_a_route_that_ran_elsewhere_does_not_count_when_its_result_is_handed_back(
    in_progress, village, coordinator, monday
):
    """Led to arbitration on day 10, its result brought on day 50 and handed back the same day."""
    day10, day50 = monday + timedelta(days=10), monday + timedelta(days=50)
    take("submit_result", in_progress, village, day10, outcome="routed", account="已申请仲裁")
    take("approve_result", in_progress, coordinator, day10, outcome="routed")
    take("submit_result", in_progress, village, day50, outcome="decision", account="仲裁裁决")
    back = take("reject_result", in_progress, coordinator, day50, reason="请附裁决书")

    elsewhere = [(shanghai_date(day10), shanghai_date(day50))]
    assert resolve_day(back) == last_day(date(2026, 3, 2), [(30, "day")], elsewhere, works)
    assert clocks.running(back, "resolve").missed_at is None
