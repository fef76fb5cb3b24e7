"""The working-day calendar as a value: which years are known and which days leave the weekly pattern."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

SATURDAY = 5


class CalendarNotLoaded(LookupError):
    """A day lies in a year whose holiday plan nobody has entered. Nothing is guessed."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the holiday plan for {year} is not loaded")
        self.year = year


@dataclass(frozen=True, slots=True)
class DayOfPlan:
    """A day the State Council's plan names: a day off, or a weekend day on which people work."""

    is_workday: bool
    name: str


@dataclass(frozen=True)
class WorkCalendar:
    """Days named by the plan of each loaded year; every other day follows the week.

    `assuming_weekends` answers for years not loaded by the week and the days off by law. Whoever uses it says so
    to the reader.
    """

    years: frozenset[int]
    days: Mapping[date, DayOfPlan]
    by_law: Mapping[date, str]
    """Days off that no plan is needed for, with their names: 全国年节及纪念日放假办法."""
    assumes: bool = False

    @classmethod
    def of(
        cls,
        years: Iterable[int],
        days: Mapping[date, DayOfPlan],
        by_law: Mapping[date, str] = MappingProxyType({}),
    ) -> WorkCalendar:
        return cls(frozenset(years), days, by_law)

    def assuming_weekends(self) -> WorkCalendar:
        return replace(self, assumes=True)

    def knows(self, day: date) -> bool:
        return day.year in self.years

    def is_workday(self, day: date) -> bool:
        """Raises CalendarNotLoaded for a year nobody has entered."""
        named = self.named(day)
        return named.is_workday if named else day.weekday() < SATURDAY

    def named(self, day: date) -> DayOfPlan | None:
        """What the plan says about the day; None when it follows the week."""
        if day.year not in self.years:
            if self.assumes:
                return DayOfPlan(False, self.by_law[day]) if day in self.by_law else None
            raise CalendarNotLoaded(day.year)
        return self.days.get(day)

    def holiday_name(self, day: date) -> str:
        """The holiday's name; empty on weekends and working days."""
        named = self.named(day)
        return named.name if named and not named.is_workday else ""

    def is_makeup_day(self, day: date) -> bool:
        named = self.named(day)
        return named is not None and named.is_workday

    def workdays_before(self, day: date, count: int) -> date:
        """The day `count` working days earlier."""
        while count:
            day -= timedelta(days=1)
            count -= self.is_workday(day)
        return day
