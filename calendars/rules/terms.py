"""The words of the arithmetic: limits, pauses, moments and the parts of an explanation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")  # rules may not import core.clock, which knows what time it is
Start = date | datetime
Part = dict[str, Any]  # JSON: ISO dates, numbers, codes; presenters.py turns it into words


class Unit(StrEnum):
    DAY = "day"
    WORKING_DAY = "working_day"
    HOUR = "hour"


MOST: dict[Unit, int] = {Unit.DAY: 3660, Unit.WORKING_DAY: 2500, Unit.HOUR: 87_840}  # ten years
FIRST_YEAR, LAST_YEAR = 1950, 2150


class ImpossibleLimit(ValueError):
    """A limit or start outside what can be computed; `field` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Limit:
    """So many days, working days or hours."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MOST[self.unit]:
            raise ImpossibleLimit("limit")


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still. In days: from the first day on, up to the day before `until`."""

    since: datetime
    until: datetime
    route: str = ""

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise ImpossibleLimit("until")

    def covers(self, day: date) -> bool:
        return day_of(self.since) <= day < day_of(self.until)


@dataclass(frozen=True, slots=True)
class Due:
    """When, why, and which years were counted by weekends only because nobody entered their plan."""

    at: datetime
    parts: tuple[Part, ...]
    assumed_years: tuple[int, ...] = ()

    @property
    def is_provisional(self) -> bool:
        return bool(self.assumed_years)


def day_of(start: Start) -> date:
    """A date-time counts by its Shanghai day."""
    return start.astimezone(SHANGHAI).date() if isinstance(start, datetime) else start


def start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)


def require_countable(start: Start) -> None:
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise ImpossibleLimit("start")
