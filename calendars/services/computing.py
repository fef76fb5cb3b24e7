"""A deadline's due date out of its rows. The only place that sets due_at, soon_at and the explanation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from calendars.choices import AdjustmentKind
from calendars.errors import in_words
from calendars.models import Deadline, DeadlineAdjustment
from calendars.rules import arithmetic
from calendars.rules.calendar import WorkCalendar
from calendars.rules.terms import Due, ImpossibleLimit, Limit, Pause, Unit

COMPUTED = ("due_at", "soon_at", "explanation", "is_provisional")


def compute(deadline: Deadline, adjustments: Iterable[DeadlineAdjustment], calendar: WorkCalendar) -> None:
    """Sets the computed fields on the object. Years not loaded are counted by weekends and marked.

    A running pause counts to its expected end: then the clock runs again by itself.
    """
    calendar = calendar.assuming_weekends()
    rows = list(adjustments)
    pauses = [_pause(row) for row in rows if row.kind == AdjustmentKind.PAUSE]
    extensions = [
        Limit(row.limit or 0, Unit(row.unit)) for row in rows if row.kind == AdjustmentKind.EXTENSION
    ]
    try:
        found = _due(deadline, calendar, pauses, extensions)
    except ImpossibleLimit as error:
        raise in_words(error) from error
    found = arithmetic.by_the_latest(found, deadline.latest_at)
    deadline.due_at = found.at
    why = deadline.rule.get("why")
    deadline.explanation = [*found.parts, *([{"kind": "why", "code": why}] if why else [])]
    deadline.is_provisional = found.is_provisional
    lead = limit_in(deadline.rule["lead"])
    deadline.soon_at = arithmetic.due_soon_at(deadline.starts_at, found.at, lead, calendar)


def _due(deadline: Deadline, calendar: WorkCalendar, pauses: list[Pause], extensions: list[Limit]) -> Due:
    more: dict[str, Any] = {"pauses": pauses, "extensions": extensions}
    if deadline.fixed_due_at is not None:
        return arithmetic.fixed_due(deadline.starts_at, deadline.fixed_due_at, calendar, **more)
    return arithmetic.due(deadline.starts_at, limit_in(deadline.rule), calendar, **more)


def _pause(row: DeadlineAdjustment) -> Pause:
    assert row.since is not None
    assert row.expected_end is not None
    return Pause(row.since, row.until or row.expected_end, row.route)


def limit_in(snapshot: dict[str, Any]) -> Limit:
    return Limit(snapshot["limit"], Unit(snapshot["unit"]))
