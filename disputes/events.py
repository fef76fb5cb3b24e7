"""What happened to a dispute, told to upper apps inside the same transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.dispatch import Signal

from core.actor import Actor


@dataclass(frozen=True)
class DisputeRegistered:
    dispute_id: int
    number: str
    by: Actor
    now: datetime


@dataclass(frozen=True)
class StepTaken:
    """Any step of the lifecycle table, registration included; `data` is what the trail payload holds."""

    dispute_id: int
    number: str
    step: str
    status_from: str
    status_to: str
    by: Actor
    now: datetime
    data: dict[str, Any]


@dataclass(frozen=True)
class DisputesMissedDeadlines:
    """A batch of the sweep: (dispute id, deadline kind) of clocks that ran out and were recorded."""

    missed: tuple[tuple[int, str], ...]
    now: datetime


dispute_registered = Signal()
step_taken = Signal()
deadlines_missed = Signal()
