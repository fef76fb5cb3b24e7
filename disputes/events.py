"""What happened to a dispute, told to upper apps inside the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.dispatch import Signal

from core.actor import Actor

if TYPE_CHECKING:
    from disputes.models import Dispute
    from jurisdictions.models import Post


@dataclass(frozen=True)
class Beginning:
    """What an upper app has to say of a dispute before its rows are written, so that they are written once: who
    leads it, and the trail entry about that. `said` goes back to the app with the event."""

    leader: Post | None
    step: str
    data: Mapping[str, Any]
    by: Actor
    said: Any


@dataclass(frozen=True)
class Registered:
    """A new dispute: nobody else sees the row yet. Who changes it changes this object and the row."""

    dispute: Dispute
    by: Actor
    now: datetime
    beside: Mapping[str, Mapping[str, Any]] = field(
        default_factory=dict
    )  # what upper apps asked, by their part
    imported: bool = False  # a line of a ledger brought in: it wakes nobody
    beginning: Beginning | None = None  # what was said of it before its rows were written


@dataclass(frozen=True)
class DisputesRegistered:
    """A batch, of one dispute from a form or many from an import."""

    registered: tuple[Registered, ...]


@dataclass(frozen=True, kw_only=True)
class StepTaken:
    """Any step of the lifecycle table, taken by somebody or by itself; `data` is what the trail payload holds, `texts`
    the words beside it.

    `dispute` is the object under its lock: who changes it changes the row too.
    """

    dispute_id: int
    number: str
    dispute: Dispute
    entry_seq: int
    step: str
    status_from: str
    status_to: str
    by: Actor
    now: datetime
    data: dict[str, Any]
    texts: dict[str, str]
    beside: Mapping[str, Any] = field(
        default_factory=dict
    )  # what the step was asked for upper apps, by field


@dataclass(frozen=True)
class DangerTold:
    """The duty posts have just been told of 人身危险; `dispute` is under its lock, or nobody else sees it yet."""

    dispute: Dispute
    now: datetime


disputes_registered = Signal()
danger_told = Signal()
step_taken = Signal()
