"""What notifications announces, inside the transaction of whoever caused it."""

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True)
class DeliveriesQueued:
    """Rows wait to leave the system, after the present transaction."""

    count: int


deliveries_queued = Signal()
