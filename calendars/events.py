"""What happened to deadlines, in batches, told to upper apps inside the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.dispatch import Signal

from core.actor import Actor


@dataclass(frozen=True)
class DeadlineFact:
    """A deadline as its subject's app needs it, without another query."""

    deadline_id: int
    subject_type: str
    subject_id: int
    kind: str
    due_at: datetime
    again: bool = False  # missed before; this is the due date an extension had opened


@dataclass(frozen=True)
class DeadlinesMissed:
    """Found past due, each due date once. `by` is the sweep, or who acted late before the sweep came by."""

    deadlines: tuple[DeadlineFact, ...]
    by: Actor
    now: datetime


@dataclass(frozen=True)
class DeadlinesDueSoon:
    """Due soon, each deadline once; a reminder may go out."""

    deadlines: tuple[DeadlineFact, ...]
    by: Actor
    now: datetime


@dataclass(frozen=True)
class DeadlinesMoved:
    """Due dates that changed because the calendar did, or pauses whose expected end has come."""

    deadlines: tuple[DeadlineFact, ...]
    by: Actor
    now: datetime


deadlines_missed = Signal()
deadlines_due_soon = Signal()
deadlines_moved = Signal()
