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


warning_opened = Signal()
