"""The clocks of a dispute as its pages show them: by when, why on that day, whether kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from calendars.models import Deadline
from calendars.presenters import explanation, reason_words
from core.written_once import written_once
from disputes.choices import SUBJECT, DeadlineKind
from disputes.models import Dispute


@dataclass(frozen=True)
class Clock:
    """A deadline with why it is that day."""

    label: str
    due_at: datetime
    explanation: str
    state: str  # running, met, missed
    paused: bool
    missed_at: datetime | None
    why: str = ""  # why it gives less time than usual


def running_clocks(dispute: Dispute, now: datetime) -> list[Clock]:
    return [clock for clock in clocks_of(dispute, now) if clock.state != "met"]


def clocks_of(dispute: Dispute, now: datetime) -> list[Clock]:
    return [_clock(row, now) for row in _standing(dispute.pk)]


@written_once
def _standing(dispute: Any) -> QuerySet[Deadline]:
    rows = Deadline.objects.of(SUBJECT, dispute).filter(cancelled_at=None)
    return rows.order_by(F("met_at").asc(nulls_first=True), "due_at")


def _clock(row: Deadline, now: datetime) -> Clock:
    state = "met" if row.met_at else "missed" if row.is_overdue(now) else "running"
    return Clock(
        label=str(DeadlineKind(row.kind).label),
        due_at=row.due_at,
        explanation=explanation(row.explanation),
        state=state,
        paused=row.paused,
        missed_at=row.missed_at,
        why=reason_words(row.rule.get("why", "")),
    )
