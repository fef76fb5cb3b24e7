"""Recording that a due date has passed: once for each due date, whoever notices first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from calendars import events
from calendars.events import DeadlineFact
from calendars.models import Deadline
from core.actor import Actor


def flag(rows: Sequence[Deadline], *, by: Actor, now: datetime) -> int:
    """Flags rows the caller has locked and found running and past due; tells upper apps in one event."""
    if not rows:
        return 0
    facts = tuple(fact_of(row, again=row.was_missed) for row in rows)
    Deadline.objects.filter(pk__in=[row.pk for row in rows]).update(
        missed_at=Coalesce("missed_at", now), missed_due_at=F("due_at")
    )
    for row in rows:
        row.missed_at, row.missed_due_at = row.missed_at or now, row.due_at
    event = events.DeadlinesMissed(facts, by, now)
    events.deadlines_missed.send(sender=events.DeadlinesMissed, event=event)
    return len(rows)


def flag_if_late(deadline: Deadline, *, by: Actor, now: datetime) -> None:
    """Whoever acts on a deadline after its end records the miss first: acting late hides nothing."""
    if now > deadline.due_at and not is_flagged(deadline):
        flag([deadline], by=by, now=now)


def is_flagged(deadline: Deadline) -> bool:
    return deadline.missed_due_at is not None and deadline.missed_due_at >= deadline.due_at


def fact_of(row: Deadline, *, again: bool = False) -> DeadlineFact:
    return DeadlineFact(
        deadline_id=row.pk,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        kind=row.kind,
        due_at=row.due_at,
        again=again,
    )
