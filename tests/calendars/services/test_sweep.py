from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calendars import events, subjects
from calendars.models import CalendarYear, Deadline
from calendars.rules.calendar import DayOfPlan
from calendars.services import deadlines, plans
from calendars.services.sweep import sweep
from core.actor import Actor
from core.clock import end_of_day
from tests.calendars.conftest import Heard, at
from tests.factories.calendars import a_deadline, many_deadlines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
SECOND = timedelta(seconds=1)


def test_a_deadline_is_missed_one_moment_after_its_end(heard: Heard) -> None:
    deadline = a_deadline()

    sweep(deadline.due_at)
    assert heard.missed_ids == []
    sweep(deadline.due_at + SECOND)

    deadline.refresh_from_db()
    assert heard.missed_ids == [deadline.pk]
    assert (deadline.missed_at, deadline.missed_due_at) == (deadline.due_at + SECOND, deadline.due_at)


def test_every_miss_is_told_once_however_often_one_sweeps(heard: Heard) -> None:
    rows = many_deadlines(450)
    late = at(2026, 4, 1)

    reports = [sweep(late + SECOND * times) for times in range(3)]

    assert [report.missed.changed for report in reports] == [450, 0, 0]
    assert sorted(heard.missed_ids) == [row.pk for row in rows]
    assert [len(event.deadlines) for event in heard.missed] == [200, 200, 50]


def test_a_second_miss_after_an_extension_is_told_as_a_second(by: Actor, heard: Heard) -> None:
    deadline = a_deadline()
    sweep(at(2026, 3, 6))
    deadlines.extend(deadline_id=deadline.pk, limit=10, reason="补办", by=by, now=at(2026, 3, 6))

    sweep(at(2026, 4, 1))

    deadline.refresh_from_db()
    assert [fact.again for event in heard.missed for fact in event.deadlines] == [False, True]
    assert deadline.missed_at == at(2026, 3, 6)


def test_what_is_met_or_cancelled_is_never_missed(by: Actor, monday: datetime, heard: Heard) -> None:
    deadlines.meet(deadline_id=a_deadline(subject_id=1).pk, by=by, now=monday)
    deadlines.cancel(deadline_id=a_deadline(subject_id=2).pk, by=by, now=monday)

    assert sweep(at(2026, 5, 1)).missed.changed == 0
    assert heard.missed == []


def test_a_reminder_is_due_two_working_days_before_and_only_once(heard: Heard) -> None:
    deadline = a_deadline(limit=10)  # Monday 16 March

    sweep(at(2026, 3, 11, 23, 59))
    assert heard.due_soon_ids == []
    sweep(at(2026, 3, 12, 0, 1))
    sweep(at(2026, 3, 13))

    assert heard.due_soon_ids == [deadline.pk]


def test_a_deadline_found_late_gets_no_reminder(heard: Heard) -> None:
    a_deadline()

    sweep(at(2026, 4, 1))

    assert heard.due_soon == []


def test_an_extended_deadline_is_reminded_of_its_new_date(by: Actor, heard: Heard) -> None:
    deadline = a_deadline(limit=10)
    sweep(at(2026, 3, 13))
    deadlines.extend(deadline_id=deadline.pk, limit=10, reason="勘验", by=by, now=at(2026, 3, 13))

    sweep(at(2026, 3, 25))

    assert heard.due_soon_ids == [deadline.pk, deadline.pk]


def test_a_pause_ends_by_itself_at_its_expected_end(by: Actor, monday: datetime, heard: Heard) -> None:
    deadline = a_deadline()
    deadlines.pause(
        deadline_id=deadline.pk, expected_end=date(2026, 3, 16), reason="鉴定", by=by, now=at(2026, 3, 3)
    )

    sweep(at(2026, 3, 16, 1))

    deadline.refresh_from_db()
    assert not deadline.paused
    assert deadline.due_at == end_of_day(date(2026, 3, 18))
    assert heard.moved_ids == [deadline.pk]
    assert deadline.adjustments.get().until == at(2026, 3, 16, 0)


def test_a_paused_deadline_is_not_missed_while_the_pause_lasts(by: Actor, monday: datetime) -> None:
    deadline = a_deadline()
    deadlines.pause(
        deadline_id=deadline.pk, expected_end=date(2026, 3, 16), reason="鉴定", by=by, now=at(2026, 3, 3)
    )

    assert sweep(at(2026, 3, 15)).missed.changed == 0


def test_loading_the_missing_year_counts_provisional_deadlines_anew(by: Actor, heard: Heard) -> None:
    deadline = a_deadline(start=at(2026, 12, 30), limit=5, now=at(2026, 12, 30))
    assert deadline.due_at == end_of_day(date(2027, 1, 7))  # 1 January is off by law
    new_year = {date(2027, 1, 1): DayOfPlan(False, "元旦"), date(2027, 1, 4): DayOfPlan(False, "元旦")}
    plans.load_year(year=2027, days=new_year, source="通知", by=by, now=at(2026, 12, 31))

    report = sweep(at(2026, 12, 31))

    deadline.refresh_from_db()
    assert (deadline.due_at, deadline.is_provisional) == (end_of_day(date(2027, 1, 8)), False)
    assert heard.moved_ids == [deadline.pk]
    assert report.moved.changed == 1
    assert not CalendarYear.objects.exclude(changed_from=None).exists()


def test_an_edited_day_moves_only_deadlines_that_span_it_and_none_that_was_missed(by: Actor) -> None:
    before = a_deadline(subject_id=1)
    spanning = a_deadline(subject_id=2, start=at(2026, 4, 7), limit=5)
    sweep(at(2026, 3, 10))
    plans.set_day(
        day=date(2026, 4, 9), plan=DayOfPlan(False, "抗洪"), source="县政府通知", by=by, now=at(2026, 4, 7)
    )

    sweep(at(2026, 4, 7, 12))

    spanning.refresh_from_db()
    missed = Deadline.objects.get(pk=before.pk)
    assert spanning.due_at == end_of_day(date(2026, 4, 15))
    assert missed.due_at == before.due_at


def test_a_subject_somebody_holds_is_left_for_the_next_sweep(heard: Heard) -> None:
    rows = [a_deadline(subject_type="held", subject_id=number) for number in (1, 2, 3)]
    subjects.register("held", lambda ids: {number for number in ids if number != 2})
    sweep(at(2026, 4, 1))
    assert sorted(heard.missed_ids) == [rows[0].pk, rows[2].pk]

    subjects.register("held", set)
    sweep(at(2026, 4, 1))

    assert sorted(heard.missed_ids) == [row.pk for row in rows]


def test_one_case_that_cannot_be_handled_does_not_stop_the_others(heard: Heard) -> None:
    rows = [a_deadline(subject_id=number) for number in range(5)]
    poisoned = rows[2].pk

    def subscriber(event: events.DeadlinesMissed, **_: object) -> None:
        if poisoned in {fact.deadline_id for fact in event.deadlines}:
            raise RuntimeError("this one")

    events.deadlines_missed.connect(subscriber)
    report = sweep(at(2026, 4, 1))
    events.deadlines_missed.disconnect(subscriber)

    assert (report.missed.changed, report.missed.failed) == (4, 1)
    assert list(Deadline.objects.filter(missed_at=None).values_list("pk", flat=True)) == [poisoned]
    assert sweep(at(2026, 4, 1)).missed.changed == 1


def test_the_sweep_asks_no_more_for_more_rows_of_a_batch() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            sweep(at(2026, 4, 1))
        return len(captured)

    sweep(at(2026, 1, 5))
    a_deadline(kind="first")
    one = queries()
    many_deadlines(190)

    assert queries() == one


def test_the_report_says_what_was_done() -> None:
    a_deadline()

    assert str(sweep(at(2026, 4, 1))) == "0 lapsed, 0 moved, 1 missed, 0 due soon"
