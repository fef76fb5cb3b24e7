from datetime import date, datetime

import pytest

from accounts.models import Appointment
from calendars.models import Deadline
from calendars.rules.calendar import DayOfPlan
from calendars.services import deadlines, plans
from core.actor import Actor
from core.clock import end_of_day
from tests.calendars.conftest import at
from tests.factories.calendars import a_deadline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def test_a_deadline_recomputed_follows_the_calendar(by: Actor, monday: datetime) -> None:
    deadline = a_deadline()
    plans.set_day(day=date(2026, 3, 4), plan=DayOfPlan(False, "停电"), source="县", by=by, now=monday)

    assert deadlines.recompute(deadline_id=deadline.pk).due_at == end_of_day(date(2026, 3, 6))


def test_what_was_missed_is_not_recomputed(by: Actor) -> None:
    deadline = a_deadline()
    deadlines.pause(
        deadline_id=deadline.pk, expected_end=date(2026, 4, 1), reason="诉讼", by=by, now=at(2026, 3, 9)
    )
    plans.set_day(day=date(2026, 3, 4), plan=DayOfPlan(False, "停电"), source="县", by=by, now=at(2026, 3, 9))

    assert deadlines.recompute(deadline_id=deadline.pk).due_at == deadline.due_at


def test_a_pause_whose_end_has_come_makes_room_for_another_before_any_sweep(by: Actor) -> None:
    deadline = a_deadline(limit=20)
    for since, until in ((at(2026, 3, 3), date(2026, 3, 10)), (at(2026, 3, 12), date(2026, 3, 20))):
        deadline = deadlines.pause(
            deadline_id=deadline.pk, expected_end=until, reason="鉴定", by=by, now=since
        )

    ends = list(deadline.adjustments.values_list("until", flat=True))
    assert ends == [at(2026, 3, 10, 0), None]
    assert deadline.paused


def test_who_is_waited_for_changes_on_unmet_deadlines_only(
    by: Actor, monday: datetime, handler: Appointment
) -> None:
    met = a_deadline(kind="accept")
    deadlines.meet(deadline_id=met.pk, by=by, now=monday)
    a_deadline(kind="resolve")
    unit = handler.post.organization

    changed = deadlines.set_waiting(
        subject_type="test",
        subject_id=1,
        org_id=unit.pk,
        role="handler",
        person_id=handler.pk,
    )

    assert changed == 1
    assert Deadline.objects.get(kind="resolve").waiting_org == unit
    assert Deadline.objects.get(kind="accept").waiting_org is None


def test_hours_stand_still_to_the_second(by: Actor, monday: datetime) -> None:
    deadline = a_deadline(limit=2, unit="hour")
    deadlines.pause(
        deadline_id=deadline.pk, expected_end=at(2026, 3, 3), reason="断网", by=by, now=at(2026, 3, 2, 10)
    )

    resumed = deadlines.resume(deadline_id=deadline.pk, by=by, now=at(2026, 3, 2, 10, 20))

    assert resumed.due_at == at(2026, 3, 2, 11, 20)
