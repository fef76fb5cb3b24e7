from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models

from notifications.choices import TROUBLED, DeliveryState


class NoticeQuerySet(models.QuerySet[Any]):
    def of(self, user_id: int | None) -> NoticeQuerySet:
        """Everybody reads their own notices and nobody else's."""
        return self.filter(recipient_id=user_id)

    def unread(self) -> NoticeQuerySet:
        """What still rings: neither read nor muted."""
        return self.filter(read_at=None, muted=False)


class DeliveryQuerySet(models.QuerySet[Any]):
    def due(self, now: datetime, *, reminders: bool) -> DeliveryQuerySet:
        """What may leave now, urgent first; reminders only when asked for."""
        rows = self.filter(state=DeliveryState.WAITING, next_attempt_at__lte=now)
        if not reminders:
            rows = rows.filter(urgent=True)
        return rows.order_by("-urgent", "next_attempt_at", "id")

    def troubled(self) -> DeliveryQuerySet:
        """Failed or unclear: somebody must look."""
        return self.filter(state__in=TROUBLED)

    def stuck(self, before: datetime) -> DeliveryQuerySet:
        """Claimed before that moment and never reported."""
        return self.filter(state=DeliveryState.SENDING, claimed_at__lt=before)


class WorkingHoursQuerySet(models.QuerySet[Any]):
    def in_force(self, day: date) -> WorkingHoursQuerySet:
        """The row for that day first."""
        return self.filter(effective_from__lte=day).order_by("-effective_from", "-id")
