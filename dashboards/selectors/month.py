"""The month page: days off and what is due on each day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from calendars.selectors import Cell, cell_of
from calendars.services.workdays import known
from core.actor import Actor
from core.clock import shanghai_date
from dashboards.rules.months import Month
from dashboards.selectors.agenda import Due, agenda

SHOWN = 4  # of a day; the others unfold


@dataclass(frozen=True)
class Day:
    cell: Cell
    dues: list[Due]

    @property
    def first(self) -> list[Due]:
        return self.dues if len(self.dues) == SHOWN + 1 else self.dues[:SHOWN]

    @property
    def rest(self) -> list[Due]:
        return self.dues[len(self.first) :]


@dataclass(frozen=True)
class MonthPage:
    month: Month
    weeks: list[list[Day | None]]
    total: int
    cut: bool


def month_page(posts: Sequence[Actor], month: Month, now: datetime) -> MonthPage:
    """Of one person in these posts."""
    found = agenda(posts, month.first, month.last, now)
    dues, plan, today = found.by_day, known().assuming_weekends(), shanghai_date(now)

    def day_of(day: date) -> Day:
        return Day(cell_of(day, plan.named(day), today), dues.get(day, []))

    weeks = [[day_of(day) if day else None for day in week] for week in month.weeks]
    return MonthPage(month, weeks, len(found.rows), found.cut)
