"""What a lost message, a dead worker or a broker that was away left behind."""

import time
from dataclasses import dataclass
from datetime import datetime

from core.jobs import job
from notifications.services import sending

RUN_AT_MOST = 50  # seconds


@dataclass(frozen=True)
class DeliveryReport:
    tried: int
    lost: int


@job("deliveries", every=60, order=80)
def deliveries(now: datetime) -> DeliveryReport:
    """Sends what waits and marks what died on the way."""
    lost = sending.settle_lost(now=now)
    ends = time.monotonic() + RUN_AT_MOST
    tried = 0
    while time.monotonic() < ends and sending.send_next(now=now):
        tried += 1
    return DeliveryReport(tried=tried, lost=lost)
