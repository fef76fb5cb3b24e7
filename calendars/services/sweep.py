"""What time does to deadlines: pauses lapse, edited calendars are counted anew, misses and reminders.

Safe to run twice and beside itself; whatever an earlier run did not reach is found again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, QuerySet

from calendars import events
from calendars.models import Deadline, DeadlineAdjustment
from calendars.services import misses, recomputing
from calendars.services.batches import in_batches
from core.actor import Actor
from core.batches import Done

SWEEP = "sweep"


@dataclass
class SweepReport:
    lapsed: Done = field(default_factory=Done)
    moved: Done = field(default_factory=Done)
    missed: Done = field(default_factory=Done)
    due_soon: Done = field(default_factory=Done)

    def __str__(self) -> str:
        parts = {"lapsed": self.lapsed, "moved": self.moved, "missed": self.missed, "due soon": self.due_soon}
        failed = sum(done.failed for done in parts.values())
        said = ", ".join(f"{done.changed} {name}" for name, done in parts.items())
        return f"{said}; {failed} failed" if failed else said


def sweep(now: datetime) -> SweepReport:
    """Everything, in the order in which it matters: what moved a due date comes before judging it."""
    by = Actor.system(SWEEP)
    return SweepReport(
        lapsed=lapse_pauses(by=by, now=now),
        moved=recomputing.recompute_changed(by=by, now=now),
        missed=flag_missed(by=by, now=now),
        due_soon=remind(by=by, now=now),
    )


def flag_missed(*, by: Actor, now: datetime) -> Done:
    """Flags every due date that has passed, exactly once, with one event for each batch."""
    candidates = Deadline.objects.unflagged(now).order_by("due_at", "pk")
    return in_batches(candidates, lambda rows: misses.flag(_lean(rows), by=by, now=now))


def remind(*, by: Actor, now: datetime) -> Done:
    """Tells upper apps of deadlines due soon, each due date once; they decide whom to remind."""

    def work(rows: QuerySet[Deadline]) -> int:
        soon = _lean(rows)
        Deadline.objects.filter(pk__in=[row.pk for row in soon]).update(reminded_at=now)
        event = events.DeadlinesDueSoon(tuple(misses.fact_of(row) for row in soon), by, now)
        if soon:
            events.deadlines_due_soon.send(sender=events.DeadlinesDueSoon, event=event)
        return len(soon)

    return in_batches(Deadline.objects.to_remind(now).order_by("soon_at", "pk"), work)


def lapse_pauses(*, by: Actor, now: datetime) -> Done:
    """Closes pauses whose expected end has come; the due date had counted with it all along."""

    def work(rows: QuerySet[Deadline]) -> int:
        lapsed = _lean(rows)
        keys = [row.pk for row in lapsed]
        running = DeadlineAdjustment.objects.filter(deadline__in=keys, kind="pause", until=None)
        running.update(until=F("expected_end"))
        Deadline.objects.filter(pk__in=keys).update(paused=False)
        recomputing.tell_moved(lapsed, by=by, now=now)
        return len(lapsed)

    return in_batches(Deadline.objects.pause_over(now), work)


def _lean(rows: QuerySet[Deadline]) -> list[Deadline]:
    return list(rows.defer("explanation", "rule"))
