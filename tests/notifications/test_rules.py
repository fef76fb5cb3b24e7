from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import SHANGHAI
from notifications.rules.backoff import PAUSES, pause_after
from notifications.rules.hours import Hours, are_open, next_opening
from tests.notifications.conftest import at

OFFICE = Hours(time(8, 30), time(17, 30))
HOLIDAYS = {date(2026, 3, 5), date(2026, 3, 6)}


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        (at(2, 8, 29), at(2, 8, 30)),
        (at(2, 8, 30), at(2, 8, 30)),
        (at(2, 17, 29), at(2, 17, 29)),
        (at(2, 17, 30), at(3, 8, 30)),
        (at(4, 18), at(9, 8, 30)),  # two holidays and a weekend
        (at(7, 3), at(9, 8, 30)),
    ],
)
def test_a_reminder_leaves_when_people_are_at_work(moment: datetime, opening: datetime) -> None:
    assert next_opening(moment, OFFICE, works) == opening


def test_a_calendar_without_working_days_does_not_wait_for_ever() -> None:
    assert next_opening(at(2, 9), OFFICE, lambda day: False) < at(2, 9) + timedelta(days=100)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)))
def test_the_next_opening_is_open_and_never_past(naive: datetime) -> None:
    moment = naive.replace(tzinfo=SHANGHAI)
    opening = next_opening(moment, OFFICE, works)
    assert opening >= moment
    assert are_open(opening, OFFICE, works)


def test_pauses_grow_and_end() -> None:
    assert [pause_after(n) for n in range(1, 7)] == [*PAUSES, None]
    assert list(PAUSES) == sorted(PAUSES)
