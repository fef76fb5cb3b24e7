"""Day by day from the start to the end of a period, remembering what was stepped over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from calendars.rules.calendar import WorkCalendar
from calendars.rules.terms import Due, ImpossibleLimit, Limit, Part, Pause, Unit, day_of, end_of

ONE = timedelta(days=1)
LONGEST = 20 * 366  # a walk that pauses make longer than this is nobody's deadline


class Walk:
    """Counts limits one after the other; `finish` rolls off a day off and tells what happened on the way."""

    def __init__(self, start: date, calendar: WorkCalendar, pauses: Sequence[Pause]) -> None:
        self.day = start
        self.start = start
        self._calendar = calendar
        self._pauses = pauses
        self._must_roll = False
        self._paused: dict[Pause, list[date]] = {pause: [] for pause in pauses}
        self._holidays: list[tuple[str, date]] = []
        self._makeup: list[date] = []
        self._weekend_days = 0
        self._asked: set[int] = set()  # years not loaded whose days mattered

    def count(self, limit: Limit) -> None:
        """Moves on until so many days have counted."""
        if limit.unit is Unit.HOUR:
            raise ImpossibleLimit("unit")  # hours after a date would give it a clock time
        left = limit.amount
        while left:
            self._step()
            left -= not self._is_paused() and self._counts(limit.unit)
        self._must_roll = limit.unit is Unit.DAY

    def reach(self, day: date) -> None:
        """Moves so many days on as lie between start and `day`, paused days not counted."""
        self._must_roll = True
        if day > self.start:
            self.count(Limit((day - self.start).days, Unit.DAY))

    def stands_on(self, day: date) -> bool:
        """Whether it ended on that very day and the day does not rest: then nothing moved it."""
        return self.day == day and not self._rests(day)

    def finish(self, parts: list[Part]) -> Due:
        """Rolls to a working day if the last count was in days, and closes the explanation."""
        parts = [*parts, *self._pause_parts()]
        if self._weekend_days:
            parts.append({"kind": "weekend", "days": self._weekend_days})
        parts += [*_runs(self._holidays), *self._makeup_parts()]
        parts += self._roll() if self._must_roll else []
        if self._asked:
            parts.append({"kind": "assumed", "years": sorted(self._asked)})
        return Due(end_of(self.day), tuple(parts), tuple(sorted(self._asked)))

    def _step(self) -> None:
        self.day += ONE
        if (self.day - self.start).days > LONGEST:
            raise ImpossibleLimit("limit")

    def _rests(self, day: date) -> bool:
        return any(pause.covers(day) for pause in self._pauses)

    def _is_paused(self) -> bool:
        for pause in self._pauses:
            if pause.covers(self.day):
                self._paused[pause].append(self.day)
                return True
        return False

    def _counts(self, unit: Unit) -> bool:
        if unit is Unit.DAY:
            return True
        if self._works(self.day):
            if self._calendar.is_makeup_day(self.day):
                self._makeup.append(self.day)
            return True
        name = self._calendar.holiday_name(self.day)
        if name:
            self._holidays.append((name, self.day))
        else:
            self._weekend_days += 1
        return False

    def _works(self, day: date) -> bool:
        if not self._calendar.knows(day):
            self._asked.add(day.year)  # a strict calendar raises on the next line
        return self._calendar.is_workday(day)

    def _roll(self) -> list[Part]:
        last = self.day
        while not self._works(self.day) or self._rests(self.day):
            self._step()
        if self.day == last:
            return []
        name = self._calendar.holiday_name(last)
        return [{"kind": "rolled", "from": last.isoformat(), "to": self.day.isoformat(), "name": name}]

    def _makeup_parts(self) -> list[Part]:
        return [{"kind": "makeup", "days": [day.isoformat() for day in self._makeup]}] if self._makeup else []

    def _pause_parts(self) -> list[Part]:
        return [
            {
                "kind": "pause",
                "first": days[0].isoformat(),
                "last": days[-1].isoformat(),
                "days": len(days),
                "route": pause.route,
                "until": day_of(pause.until).isoformat(),
            }
            for pause, days in self._paused.items()
            if days
        ]


def _runs(days: list[tuple[str, date]]) -> list[Part]:
    """Days off of one name that follow each other, as one part with first and last day."""
    runs: list[tuple[str, list[date]]] = []
    for name, day in days:
        if runs and runs[-1][0] == name and day - runs[-1][1][-1] == ONE:
            runs[-1][1].append(day)
        else:
            runs.append((name, [day]))
    return [
        {
            "kind": "holiday",
            "name": name,
            "first": run[0].isoformat(),
            "last": run[-1].isoformat(),
            "days": len(run),
        }
        for name, run in runs
    ]
