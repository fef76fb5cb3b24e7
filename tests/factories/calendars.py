"""Calendars for tests: the real plan of 2025 and 2026 as a value, and rows in the database."""

from datetime import date, datetime, timedelta
from typing import Any

from calendars.models import Deadline
from calendars.rules.calendar import DayOfPlan, WorkCalendar
from calendars.services import deadlines
from core.clock import SHANGHAI

HOLIDAYS_2026 = (
    ("元旦", date(2026, 1, 1), date(2026, 1, 3)),
    ("春节", date(2026, 2, 15), date(2026, 2, 23)),
    ("清明节", date(2026, 4, 4), date(2026, 4, 6)),
    ("劳动节", date(2026, 5, 1), date(2026, 5, 5)),
    ("端午节", date(2026, 6, 19), date(2026, 6, 21)),
    ("中秋节", date(2026, 9, 25), date(2026, 9, 27)),
    ("国庆节", date(2026, 10, 1), date(2026, 10, 7)),
)
MAKEUP_2026 = (
    ("元旦", date(2026, 1, 4)),
    ("春节", date(2026, 2, 14)),
    ("春节", date(2026, 2, 28)),
    ("劳动节", date(2026, 5, 9)),
    ("国庆节", date(2026, 9, 20)),
    ("国庆节", date(2026, 10, 10)),
)


def days_of_2026() -> dict[date, DayOfPlan]:
    days = {day: DayOfPlan(True, name) for name, day in MAKEUP_2026}
    for name, first, last in HOLIDAYS_2026:
        for offset in range((last - first).days + 1):
            days[first + timedelta(days=offset)] = DayOfPlan(False, name)
    return days


def calendar_of_2026() -> WorkCalendar:
    return WorkCalendar.of([2026], days_of_2026())


def a_deadline(**terms: Any) -> Deadline:
    """An open deadline of a made-up subject: three working days from Monday, 2 March 2026."""
    given = {
        "subject_type": "test",
        "subject_id": 1,
        "kind": "accept",
        "start": datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI),
        "limit": 3,
        "unit": "working_day",
    } | terms
    if given.get("due_at"):
        given |= {"limit": None, "unit": None}
    now = given.pop("now", datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI))
    return deadlines.open_many([deadlines.Opening(**given)], now=now)[0]


def many_deadlines(count: int) -> list[Deadline]:
    """As many subjects, each with three working days from Monday, 2 March 2026."""
    start = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
    openings = [
        deadlines.Opening(
            subject_type="test", subject_id=number, kind="accept", start=start, limit=3, unit="working_day"
        )
        for number in range(count)
    ]
    return deadlines.open_many(openings, now=start)
