"""How long is that: the public question, answered without writing anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from calendars import presenters
from calendars.errors import in_words
from calendars.rules import arithmetic
from calendars.rules.calendar import CalendarNotLoaded
from calendars.rules.terms import ImpossibleLimit, Limit, Part, Start, Unit, start_of
from calendars.services import rules, workdays
from core.clock import SHANGHAI, end_of_day, shanghai_date


@dataclass(frozen=True)
class Due:
    """A due moment with its reasons; `explanation` speaks the language of the moment it is read."""

    due_at: datetime
    parts: tuple[Part, ...]

    @property
    def explanation(self) -> str:
        return presenters.explanation(self.parts)


def compute(start: date | datetime, limit: int, unit: str) -> Due:
    """When `limit` units from `start` end. A time without zone is Shanghai's.

    Raises InvalidInput by field, PlanNotLoaded when the answer needs a year nobody has entered.
    """
    try:
        found = arithmetic.due(aware(start), Limit(limit, Unit(unit)), workdays.known())
    except (CalendarNotLoaded, ImpossibleLimit) as error:
        raise in_words(error) from error
    return Due(found.at, found.parts)


def soon_until(now: datetime) -> datetime:
    """What is due up to this moment is due soon: the end of the day the reminder rule reaches."""
    calendar, rule = workdays.known().assuming_weekends(), rules.RuleBook(shanghai_date(now)).lead(Unit.DAY)
    return max(arithmetic.due(now, rule, calendar).at, end_of_day(shanghai_date(now)))


def aware(start: Start) -> Start:
    """Times without a zone are Shanghai's."""
    if isinstance(start, datetime) and start.tzinfo is None:
        return start.replace(tzinfo=SHANGHAI)
    return start


def moment_of(start: Start) -> datetime:
    """A start as a moment: a date begins with its first."""
    start = aware(start)
    return start if isinstance(start, datetime) else start_of(start)
