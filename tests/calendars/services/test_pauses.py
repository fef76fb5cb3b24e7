from datetime import date, datetime

import pytest

from calendars.services import deadlines
from core.actor import Actor
from tests.calendars.conftest import at
from tests.factories.calendars import a_deadline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def test_a_pause_whose_end_has_come_makes_room_for_another_before_any_sweep(by: Actor) -> None:
    deadline = a_deadline(limit=20)
    for since, until in ((at(2026, 3, 3), date(2026, 3, 10)), (at(2026, 3, 12), date(2026, 3, 20))):
        deadline = deadlines.pause(
            deadline_id=deadline.pk, expected_end=until, reason="鉴定", by=by, now=since
        )

    ends = list(deadline.adjustments.values_list("until", flat=True))
    assert ends == [at(2026, 3, 10, 0), None]
    assert deadline.paused


def test_hours_stand_still_to_the_second(by: Actor, monday: datetime) -> None:
    deadline = a_deadline(limit=2, unit="hour")
    deadlines.pause(
        deadline_id=deadline.pk, expected_end=at(2026, 3, 3), reason="断网", by=by, now=at(2026, 3, 2, 10)
    )

    resumed = deadlines.resume(deadline_id=deadline.pk, by=by, now=at(2026, 3, 2, 10, 20))

    assert resumed.due_at == at(2026, 3, 2, 11, 20)
