from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from calendars.errors import AlreadyRunning, InvalidInput, NotFound, RuleMissing, WrongState
from calendars.models import Deadline, DeadlineAdjustment
from calendars.presenters import explanation
from calendars.services import deadlines
from calendars.services.rule_editing import add_rule
from core.actor import Actor
from core.clock import end_of_day
from tests.calendars.conftest import Heard, at
from tests.factories.calendars import a_deadline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def test_a_deadline_opens_by_the_rule_of_its_category_and_remembers_it(by: Actor, monday: datetime) -> None:
    own = {"category": "medical", "limit": 30, "unit": "working_day", "source": "县医疗纠纷调处办法第8条"}
    add_rule(key="result", **own, effective_from=date(2026, 3, 2), by=by, now=monday)
    opening = deadlines.Opening(
        subject_type="dispute",
        subject_id=7,
        kind="resolve",
        rule_key="result",
        category="medical",
        start=monday,
    )
    (deadline,) = deadlines.open_many([opening], now=monday)

    assert deadline.due_at == end_of_day(date(2026, 4, 14))  # 30 working days, Qingming skipped
    assert deadline.rule["source"] == "县医疗纠纷调处办法第8条"
    assert explanation(deadline.explanation) == "自2026-03-02起30个工作日：跳过清明节4月4日至6日"


def test_a_deadline_without_any_rule_is_refused(by: Actor, monday: datetime) -> None:
    with pytest.raises(RuleMissing):
        a_deadline(rule_key="nonsense", limit=None)


def test_a_date_set_by_a_person_ends_with_that_day(monday: datetime) -> None:
    deadline = a_deadline(due_at=date(2026, 3, 20))

    assert deadline.due_at == end_of_day(date(2026, 3, 20))


def test_a_date_before_the_start_is_refused() -> None:
    with pytest.raises(InvalidInput):
        a_deadline(due_at=date(2026, 3, 1))


def test_a_subject_has_one_unmet_deadline_of_a_kind() -> None:
    a_deadline()

    with pytest.raises(AlreadyRunning):
        a_deadline()


def test_a_met_deadline_makes_room_for_the_next(by: Actor, monday: datetime) -> None:
    first = a_deadline()
    deadlines.meet(deadline_id=first.pk, by=by, now=monday)

    assert a_deadline().pk != first.pk


def test_a_deadline_beyond_the_plan_is_provisional_and_says_so() -> None:
    deadline = a_deadline(start=at(2026, 12, 30), limit=5)

    assert deadline.is_provisional
    assert "2027年放假安排尚未录入" in explanation(deadline.explanation)


def test_meeting_in_time_is_no_miss(by: Actor, monday: datetime, heard: Heard) -> None:
    deadline = a_deadline()

    met = deadlines.meet(deadline_id=deadline.pk, by=by, now=deadline.due_at)

    assert (met.met_at, met.missed_at, heard.missed) == (deadline.due_at, None, [])


def test_meeting_late_records_the_miss_before_any_sweep(by: Actor, heard: Heard) -> None:
    deadline = a_deadline()
    late = deadline.due_at + timedelta(seconds=1)

    deadlines.meet(deadline_id=deadline.pk, by=by, now=late)

    deadline.refresh_from_db()
    assert (deadline.met_at, deadline.missed_at, deadline.missed_due_at) == (late, late, deadline.due_at)
    assert heard.missed_ids == [deadline.pk]


def test_cancelling_late_hides_no_miss(by: Actor, heard: Heard) -> None:
    deadline = a_deadline()

    deadlines.cancel(deadline_id=deadline.pk, by=by, now=deadline.due_at + timedelta(days=1))

    deadline.refresh_from_db()
    assert deadline.missed_at is not None
    assert heard.missed_ids == [deadline.pk]


def test_meeting_twice_changes_nothing(by: Actor, monday: datetime) -> None:
    deadline = a_deadline()
    deadlines.meet(deadline_id=deadline.pk, by=by, now=monday)

    again = deadlines.meet(deadline_id=deadline.pk, by=by, now=monday + timedelta(days=30))

    assert (again.met_at, again.missed_at) == (monday, None)


def test_what_is_cancelled_cannot_be_met(by: Actor, monday: datetime) -> None:
    deadline = a_deadline()
    deadlines.cancel(deadline_id=deadline.pk, by=by, now=monday)

    with pytest.raises(WrongState):
        deadlines.meet(deadline_id=deadline.pk, by=by, now=monday)


def test_a_deadline_that_is_not_there_is_not_found(by: Actor, monday: datetime) -> None:
    with pytest.raises(NotFound):
        deadlines.meet(deadline_id=0, by=by, now=monday)


def test_an_extension_is_a_row_with_both_due_dates(by: Actor, monday: datetime) -> None:
    deadline = a_deadline()

    extended = deadlines.extend(
        deadline_id=deadline.pk, limit=2, unit="working_day", reason="等待勘验", by=by, now=monday
    )

    row = DeadlineAdjustment.objects.get()
    assert extended.due_at == end_of_day(date(2026, 3, 9))
    assert (row.due_before, row.due_after) == (deadline.due_at, extended.due_at)
    assert (row.reason, row.decided_by) == ("等待勘验", "tests")


def test_an_extension_after_the_end_opens_a_new_due_date_and_unmisses_nothing(
    by: Actor, heard: Heard
) -> None:
    deadline = a_deadline()
    late = at(2026, 3, 6)

    extended = deadlines.extend(deadline_id=deadline.pk, limit=10, reason="补办", by=by, now=late)

    extended.refresh_from_db()
    assert extended.due_at > late
    assert (extended.missed_at, extended.missed_due_at) == (late, deadline.due_at)
    assert not extended.is_overdue(late)
    assert Deadline.objects.running().count() == 1
    assert heard.missed_ids == [deadline.pk]


def test_a_pause_counts_to_its_expected_end_and_resuming_earlier_gives_back_less(
    by: Actor, monday: datetime
) -> None:
    deadline = a_deadline()

    paused = deadlines.pause(
        deadline_id=deadline.pk,
        expected_end=date(2026, 3, 16),
        route="司法鉴定",
        reason="委托鉴定",
        by=by,
        now=at(2026, 3, 3),
    )
    assert paused.paused
    assert paused.due_at == end_of_day(date(2026, 3, 18))

    resumed = deadlines.resume(deadline_id=deadline.pk, by=by, now=at(2026, 3, 5))
    assert not resumed.paused
    assert resumed.due_at == end_of_day(date(2026, 3, 9))
    assert "司法鉴定" in explanation(resumed.explanation)


def test_a_pause_in_the_past_gives_its_days_back(by: Actor) -> None:
    deadline = a_deadline()

    back = deadlines.pause(
        deadline_id=deadline.pk,
        since=at(2026, 3, 3),
        until=at(2026, 3, 5),
        expected_end=at(2026, 3, 5),
        reason="退回申请获准",
        by=by,
        now=at(2026, 3, 5),
    )

    assert (back.paused, back.due_at) == (False, end_of_day(date(2026, 3, 9)))


def test_a_pause_after_the_end_takes_nothing_from_the_miss(by: Actor) -> None:
    deadline = a_deadline()
    late = at(2026, 3, 9)

    paused = deadlines.pause(
        deadline_id=deadline.pk, expected_end=date(2026, 4, 1), reason="诉讼", by=by, now=late
    )

    assert (paused.due_at, paused.missed_at) == (deadline.due_at, late)


def test_a_paused_clock_cannot_be_paused_again_nor_a_running_one_resumed(by: Actor, monday: datetime) -> None:
    deadline = a_deadline()
    with pytest.raises(WrongState):
        deadlines.resume(deadline_id=deadline.pk, by=by, now=monday)
    deadlines.pause(deadline_id=deadline.pk, expected_end=date(2026, 3, 10), reason="鉴定", by=by, now=monday)

    with pytest.raises(WrongState):
        deadlines.pause(
            deadline_id=deadline.pk, expected_end=date(2026, 3, 10), reason="鉴定", by=by, now=monday
        )


@pytest.mark.parametrize("column", ["missed_at", "met_at", "cancelled_at"])
def test_the_database_keeps_what_has_happened(by: Actor, column: str) -> None:
    deadline = a_deadline()
    rows = Deadline.objects.filter(pk=deadline.pk)
    happened = {column: at(2026, 3, 9)} | (
        {"missed_due_at": deadline.due_at} if column == "missed_at" else {}
    )
    rows.update(**happened)

    for undone in (None, at(2026, 3, 10)):
        with pytest.raises(DatabaseError, match="stays so"), transaction.atomic():
            rows.update(**{column: undone})


def test_the_database_keeps_adjustments_as_decided(by: Actor, monday: datetime) -> None:
    deadline = a_deadline()
    deadlines.extend(deadline_id=deadline.pk, limit=2, reason="勘验", by=by, now=monday)

    with pytest.raises(DatabaseError, match="stays as decided"), transaction.atomic():
        DeadlineAdjustment.objects.update(limit=20)
    with pytest.raises(DatabaseError), transaction.atomic():
        DeadlineAdjustment.objects.all().delete()


def test_the_database_refuses_two_unmet_deadlines_of_one_kind() -> None:
    deadline = a_deadline()
    deadline.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.bulk_create([deadline])


def test_opening_many_asks_no_more_than_opening_one(monday: datetime) -> None:
    def queries(first: int, count: int) -> int:
        openings = [
            deadlines.Opening(
                subject_type="test", subject_id=number, kind="accept", rule_key="accept", start=monday
            )
            for number in range(first, first + count)
        ]
        with CaptureQueriesContext(connection) as captured:
            deadlines.open_many(openings, now=monday)
        return len(captured)

    queries(1, 1)
    assert queries(100, 50) == queries(200, 1)


def test_a_rest_that_a_fast_clock_dated_ahead_can_be_ended(by: Actor) -> None:
    """It began at a moment that has not come yet, now that the clock is put right: it ends where it began."""
    deadline = a_deadline()
    deadlines.pause(
        deadline_id=deadline.pk, expected_end=date(2026, 3, 16), reason="委托鉴定", by=by, now=at(2026, 3, 3)
    )
    resumed = deadlines.resume(deadline_id=deadline.pk, by=by, now=at(2026, 3, 2))
    rest = resumed.adjustments.get()
    assert (resumed.paused, rest.until) == (False, rest.since)
