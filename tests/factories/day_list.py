"""A second way to find when a period ends: write down the days, cross out those that rest, count the others.

It shares nothing with calendars.rules and knows only dates; tests hold the arithmetic against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

# the State Council's plan for 2026, typed from its notice
OFF_2026 = (
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
)
WORKED_2026 = {
    *(date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9)),
    *(date(2026, 9, 20), date(2026, 10, 10)),
}
Rest = tuple[date, date]  # first day that rests, first day that counts again
Count = tuple[int, str]  # so many, "day" or "working_day"
ENOUGH = 1500


def last_day(
    start: date, counts: Sequence[Count], rests: Iterable[Rest], works: Callable[[date], bool]
) -> date:
    """The last day of `counts` laid one after the other from the day after `start`; days roll off a day off."""
    crossed_out = {first + timedelta(days=n) for first, end in rests for n in range((end - first).days)}
    days = [start + timedelta(days=n) for n in range(1, ENOUGH)]
    left = [day for day in days if day not in crossed_out]
    last = start
    for amount, unit in counts:
        counting = [day for day in left if unit == "day" or works(day)]
        last = counting[amount - 1]
        left = [day for day in left if day > last]
    if counts[-1][1] == "day" and not works(last):
        last = next(day for day in left if works(day))
    return last


def fixed_last_day(
    start: date, named: date, more: Sequence[Count], rests: Sequence[Rest], works: Callable[[date], bool]
) -> date:
    """A named day stays, also on a day off; what rests or is added counts on as for so many days."""
    counts = [((named - start).days, "day"), *more]
    everyday = last_day(start, counts, rests, lambda day: True)
    return named if everyday == named else last_day(start, counts, rests, works)


def works_in_2026(day: date) -> bool:
    """Beyond 2026 by the week alone."""
    off = any(first <= day <= last for first, last in OFF_2026)
    return day in WORKED_2026 or (day.weekday() < 5 and not off)
