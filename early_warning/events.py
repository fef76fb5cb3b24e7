"""What happened to a warning, told inside the same transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.dispatch import Signal

from core.actor import Actor


@dataclass(frozen=True)
class WarningOpened:
    warning_id: int
    dispute_id: int
    level: int
    by: Actor
    now: datetime


@dataclass(frozen=True)
class LevelChanged:
    """Raised, lowered or lifted (`level` 0)."""

    warning_id: int
    dispute_id: int
    level_from: int
    level: int
    by: Actor
    now: datetime


@dataclass(frozen=True)
class EscalationsNotified:
    """Rows whose addressees were told in this transaction."""

    escalation_ids: tuple[int, ...]
    now: datetime


warning_opened = Signal()
level_changed = Signal()
escalations_notified = Signal()
