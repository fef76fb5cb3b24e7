from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

UNMET = Q(met_at=None, cancelled_at=None)
# its present due date has not been found missed yet; an extension after a miss makes it run again
RUNNING = UNMET & (Q(missed_due_at=None) | Q(missed_due_at__lt=F("due_at")))
UNREMINDED = UNMET & Q(reminded_at=None)


class DeadlineRuleQuerySet(models.QuerySet[Any]):
    def in_force(self, day: date) -> DeadlineRuleQuerySet:
        return self.filter(Q(effective_to=None) | Q(effective_to__gte=day), effective_from__lte=day)


class DeadlineQuerySet(models.QuerySet[Any]):
    def of(self, subject_type: str, subject_id: int) -> DeadlineQuerySet:
        return self.filter(subject_type=subject_type, subject_id=subject_id)

    def ended_by(self, now: datetime, subject_type: str, kind: str) -> DeadlineQuerySet:
        """Of one kind, past due and never called off: what fell due so far, kept or not."""
        return self.filter(subject_type=subject_type, kind=kind, cancelled_at=None, due_at__lte=now)

    def unmet(self) -> DeadlineQuerySet:
        """Neither met nor cancelled, missed or not: somebody still has to do it."""
        return self.filter(UNMET)

    def running(self) -> DeadlineQuerySet:
        """Unmet, and the present due date not yet flagged as missed."""
        return self.filter(RUNNING)

    def overdue(self, now: datetime) -> DeadlineQuerySet:
        """Unmet and past due, whether or not a sweep has come by."""
        return self.unmet().filter(due_at__lt=now)

    def unflagged(self, now: datetime) -> DeadlineQuerySet:
        """What the sweep has to flag as missed."""
        return self.running().filter(due_at__lt=now)

    def to_remind(self, now: datetime) -> DeadlineQuerySet:
        """Due soon, not late, nobody told yet."""
        return self.filter(UNREMINDED, soon_at__lte=now, due_at__gte=now)

    def pause_over(self, now: datetime) -> DeadlineQuerySet:
        """Paused, and the expected end has come."""
        return self.unmet().filter(
            paused=True,
            adjustments__kind="pause",
            adjustments__until=None,
            adjustments__expected_end__lte=now,
        )
