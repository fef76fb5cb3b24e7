"""Periodic jobs of early warning; each finds by itself what an earlier run missed."""

from datetime import datetime

from core.jobs import job
from early_warning.services import reading, sweep


@job("escalations", every=60, order=20)
def escalations(now: datetime) -> sweep.Report:
    """Told again at half time, climbed when due, phoned where nothing reached (§7)."""
    return sweep.sweep(now)


@job("warning_readings", every=60, order=15)
def warning_readings(now: datetime) -> str:
    """Texts the classifier failed on are read again."""
    return f"{reading.read_again(now=now)} texts read"
