"""A month as the wall calendar shows it: weeks from Monday, and its neighbours. Pure."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Month:
    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def next(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def before(self) -> Month:
        return Month.of(self.first - ONE_DAY)

    @property
    def last(self) -> date:
        return self.next.first - ONE_DAY

    @property
    def weeks(self) -> list[list[date | None]]:
        """Seven days each, Monday first; days of the neighbours are None."""
        found = Calendar().monthdatescalendar(self.year, self.month)
        return [[day if day.month == self.month else None for day in week] for week in found]
