from datetime import datetime

from calendars.services.sweep import SweepReport, sweep
from core.jobs import job


@job("deadlines", every=60, order=10)
def deadlines(now: datetime) -> SweepReport:
    """Misses, reminders, lapsed pauses and edited calendars."""
    return sweep(now)
