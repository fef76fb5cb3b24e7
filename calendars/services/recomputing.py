"""Counting running deadlines anew after the calendar was edited or a missing year was loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from calendars import events
from calendars.models import CalendarYear, Deadline
from calendars.services import misses, workdays
from calendars.services.batches import in_batches
from calendars.services.computing import COMPUTED, compute
from core.actor import Actor
from core.batches import Done
from core.clock import end_of_day, start_of_day


def recompute_changed(*, by: Actor, now: datetime) -> Done:
    """Every running deadline that spans an edited day; an edit made meanwhile keeps its mark."""
    done = Done()
    for year in CalendarYear.objects.exclude(changed_from=None):
        done.add(in_batches(_spanning(year), lambda rows: _recompute(rows, by=by, now=now)))
        unchanged = CalendarYear.objects.filter(pk=year.pk, revision=year.revision)
        unchanged.update(changed_from=None, changed_to=None)
    return done


def _spanning(year: CalendarYear) -> QuerySet[Deadline]:
    """Neither met nor missed, with an edited day between start and end."""
    assert year.changed_from is not None
    assert year.changed_to is not None
    return Deadline.objects.unmet().filter(
        missed_at=None,
        starts_at__lte=end_of_day(year.changed_to),
        due_at__gte=start_of_day(year.changed_from),
    )


def _recompute(rows: QuerySet[Deadline], *, by: Actor, now: datetime) -> int:
    """Saves what came out differently and tells of what moved; says how many moved."""
    calendar = workdays.known()
    deadlines = list(rows.prefetch_related("adjustments"))
    before = {row.pk: _computed(row) for row in deadlines}
    for row in deadlines:
        compute(row, row.adjustments.all(), calendar)
    changed = [row for row in deadlines if _computed(row) != before[row.pk]]
    Deadline.objects.bulk_update(changed, list(COMPUTED))
    moved = [row for row in changed if row.due_at != before[row.pk]["due_at"]]
    tell_moved(moved, by=by, now=now)
    return len(moved)


def _computed(row: Deadline) -> dict[str, Any]:
    return {column: getattr(row, column) for column in COMPUTED}


def tell_moved(rows: Sequence[Deadline], *, by: Actor, now: datetime) -> None:
    if rows:
        event = events.DeadlinesMoved(tuple(misses.fact_of(row) for row in rows), by, now)
        events.deadlines_moved.send(sender=events.DeadlinesMoved, event=event)
