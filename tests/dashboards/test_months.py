"""A month from Monday on, against the dates of a paper calendar."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.rules.months import Month


@pytest.mark.parametrize(
    ("year", "month", "first_week", "last_week"),
    [
        (2026, 3, [None, None, None, None, None, None, 1], [30, 31, None, None, None, None, None]),
        (2026, 2, [None, None, None, None, None, None, 1], [23, 24, 25, 26, 27, 28, None]),
        (2027, 2, [1, 2, 3, 4, 5, 6, 7], [22, 23, 24, 25, 26, 27, 28]),  # 28 days in four whole weeks
        (2028, 2, [None, 1, 2, 3, 4, 5, 6], [28, 29, None, None, None, None, None]),
        (2026, 12, [None, 1, 2, 3, 4, 5, 6], [28, 29, 30, 31, None, None, None]),
    ],
)
def test_weeks_begin_on_monday(
    year: int, month: int, first_week: list[int | None], last_week: list[int | None]
) -> None:
    weeks = [[day and day.day for day in week] for week in Month(year, month).weeks]
    assert (weeks[0], weeks[-1]) == (first_week, last_week)
    assert all(len(week) == 7 for week in weeks)


@pytest.mark.parametrize(
    ("month", "before", "following", "last"),
    [
        (Month(2026, 1), Month(2025, 12), Month(2026, 2), date(2026, 1, 31)),
        (Month(2026, 12), Month(2026, 11), Month(2027, 1), date(2026, 12, 31)),
        (Month(2028, 2), Month(2028, 1), Month(2028, 3), date(2028, 2, 29)),
    ],
)
def test_its_neighbours(month: Month, before: Month, following: Month, last: date) -> None:
    assert (month.before, month.next, month.last) == (before, following, last)
