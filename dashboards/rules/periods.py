"""The periods a dashboard speaks of, and the one before each for comparison. Pure dates, Shanghai days."""

from dataclasses import dataclass
from datetime import date, timedelta

THIS_MONTH, LAST_MONTH, THIS_QUARTER, THIS_YEAR = "this_month", "last_month", "this_quarter", "this_year"
LAST_12_MONTHS, CUSTOM = "last_12_months", "custom"
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Period:
    """First and last day, both counted."""

    key: str
    first: date
    last: date

    @property
    def before(self) -> "Period":
        """The same number of days immediately before."""
        length = self.last - self.first
        last = self.first - timedelta(days=1)
        return Period("before", last - length, last)

    def months(self) -> list[tuple[date, date]]:
        """First and last day of the twelve months up to the period's end."""
        found = []
        first = self.last.replace(day=1)
        for _step in range(MONTHS_SHOWN):
            found.append((first, _month_end(first)))
            first = (first - timedelta(days=1)).replace(day=1)
        return list(reversed(found))


def period(key: str, today: date, first: date | None = None, last: date | None = None) -> Period:
    """The period of that key as of today; a custom one needs its two days in order."""
    if key == CUSTOM and first and last and first <= last:
        return Period(CUSTOM, first, last)
    month = today.replace(day=1)
    match key:
        case "last_month":
            last_day = month - timedelta(days=1)
            return Period(key, last_day.replace(day=1), last_day)
        case "this_quarter":
            return Period(key, date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), today)
        case "this_year":
            return Period(key, date(today.year, 1, 1), today)
        case "last_12_months":
            return Period(key, date(today.year - 1, today.month, 1), today)
        case _:
            return Period(THIS_MONTH, month, today)


def _month_end(first: date) -> date:
    following = (first + timedelta(days=31)).replace(day=1)
    return following - timedelta(days=1)
