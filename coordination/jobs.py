"""Periodic jobs of coordination; each finds by itself what an earlier run missed."""

from datetime import datetime

from coordination.services import weekly_review
from core.jobs import job


@job("weekly_reviews", every=3600, order=85)
def weekly_reviews(now: datetime) -> str:
    """The week's review list of every centre, on Monday or at the first run after it."""
    return f"{weekly_review.draw_up_all(now=now)} lists drawn up"
