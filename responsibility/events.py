"""What happened to a responsible leader, told inside the same transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.dispatch import Signal

from disputes.models import Dispute


@dataclass(frozen=True)
class LeaderNamed:
    """Another than the leader before; the dispute's row is locked and holds the new one."""

    dispute: Dispute
    now: datetime


leader_named = Signal()
