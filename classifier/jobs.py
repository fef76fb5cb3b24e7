"""Periodic jobs of the classifier; each finds by itself what an earlier run missed."""

from datetime import datetime

from classifier.services import replay
from core.jobs import job


@job("warning_replays", every=60, order=83)
def warning_replays(now: datetime) -> str:
    """Replays of a draft policy whose message was lost."""
    return f"{replay.take_up_lost(now=now)} taken up"
