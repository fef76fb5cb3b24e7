"""When a period ends, and why. Pure: limit, pauses and extensions in, a moment and its reasons out.

The start day is not counted. Periods in days that end on a day off roll to the next working day. Date limits
end at 23:59:59+08:00. Hours are exact clock hours and never roll.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from calendars.rules.calendar import WorkCalendar
from calendars.rules.terms import (
    SHANGHAI,
    Due,
    ImpossibleLimit,
    Limit,
    Part,
    Pause,
    Start,
    Unit,
    day_of,
    require_countable,
    start_of,
)
from calendars.rules.walk import Walk

HALF = 2


def due(
    start: Start,
    limit: Limit,
    calendar: WorkCalendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Limit] = (),
) -> Due:
    """Counts limit, then each extension from where the one before ended, and rolls once, at the end."""
    require_countable(start)
    if limit.unit is Unit.HOUR:
        return _hours(start, limit, calendar, pauses, extensions)
    walk = Walk(day_of(start), calendar, pauses)
    for count in (limit, *extensions):
        walk.count(count)
    parts = [_count_part(day_of(start).isoformat(), limit), *map(_extension_part, extensions)]
    return walk.finish(parts)


def fixed_due(
    start: Start,
    at: datetime,
    calendar: WorkCalendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Limit] = (),
) -> Due:
    """A date a person set stays as set, also on a day off; pauses and extensions count on from it in days."""
    require_countable(start)
    require_countable(at)
    parts: list[Part] = [{"kind": "fixed", "due": at.astimezone(SHANGHAI).isoformat()}]
    if not pauses and not extensions:
        return Due(at, tuple(parts))
    walk = Walk(day_of(start), calendar, pauses)
    walk.reach(day_of(at))
    for count in extensions:
        walk.count(count)
    if walk.stands_on(day_of(at)):
        return Due(at, tuple(parts))
    return walk.finish([*parts, *map(_extension_part, extensions)])


def by_the_latest(found: Due, latest: datetime | None) -> Due:
    """The same, but never after `latest`: a date somebody above set, which nothing below it moves."""
    if latest is None or found.at <= latest:
        return found
    bound: Part = {"kind": "bounded", "due": latest.astimezone(SHANGHAI).isoformat()}
    return replace(found, at=latest, parts=(*found.parts, bound))


def due_soon_at(start: datetime, due_at: datetime, lead: Limit, calendar: WorkCalendar) -> datetime:
    """From when it counts as due soon: `lead` before it ends, but never before half its time is gone."""
    if lead.unit is Unit.HOUR:
        candidate = due_at - timedelta(hours=lead.amount)
    elif lead.unit is Unit.DAY:
        candidate = start_of(day_of(due_at) - timedelta(days=lead.amount))
    else:
        candidate = start_of(calendar.workdays_before(day_of(due_at), lead.amount))
    return max(candidate, start + (due_at - start) / HALF)


def _hours(
    start: Start,
    limit: Limit,
    calendar: WorkCalendar,
    pauses: Sequence[Pause],
    extensions: Sequence[Limit],
) -> Due:
    if not isinstance(start, datetime):
        raise ImpossibleLimit("start")
    parts = [_count_part(start.astimezone(SHANGHAI).isoformat(timespec="seconds"), limit)]
    hours = limit.amount + sum(more.amount for more in extensions if more.unit is Unit.HOUR)
    at = start + timedelta(hours=hours)
    parts += map(_extension_part, extensions)
    for since, until in _merged(pauses):
        if until > start and since < at:
            stood = until - max(since, start)
            at += stood
            parts.append({"kind": "stood_still", "hours": stood / timedelta(hours=1)})
    longer = [more for more in extensions if more.unit is not Unit.HOUR]
    if not longer:
        return Due(at.astimezone(SHANGHAI), tuple(parts))
    walk = Walk(day_of(at), calendar, pauses)
    for count in longer:
        walk.count(count)
    return walk.finish(parts)


def _merged(pauses: Iterable[Pause]) -> list[tuple[datetime, datetime]]:
    """Overlapping pauses as one, in order of time."""
    merged: list[tuple[datetime, datetime]] = []
    for pause in sorted(pauses, key=lambda pause: pause.since):
        if merged and pause.since <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], pause.until))
        else:
            merged.append((pause.since, pause.until))
    return merged


def _count_part(start: str, limit: Limit) -> Part:
    return {"kind": "count", "start": start, "limit": limit.amount, "unit": limit.unit.value}


def _extension_part(limit: Limit) -> Part:
    return {"kind": "extension", "limit": limit.amount, "unit": limit.unit.value}
