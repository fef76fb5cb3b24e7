"""Warnings as rows, for tests of pages: what the engine would have written, without waiting for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.models import Appointment
from disputes.models import Dispute
from early_warning.models import DisputeWarning, Escalation


def a_warning(dispute: Dispute, level: int, now: datetime, **facts: Any) -> DisputeWarning:
    Dispute.objects.filter(pk=dispute.pk).update(warning_level=level)
    given = {"dispute": dispute, "level": level, "proposed_level": level, "opened_at": now}
    return DisputeWarning.objects.create(**given | facts)


def an_escalation(
    warning: DisputeWarning, to: Appointment, now: datetime, *, step: int = 1, **facts: Any
) -> Escalation:
    """Told to that post in the town of the dispute, with two hours to acknowledge."""
    given = {
        "warning": warning,
        "dispute": warning.dispute,
        "round": warning.round,
        "level": warning.level,
        "town": warning.dispute.town,
        "step": step,
        "basis": "§7",
        "post": to.post,
        "organization": to.post.organization,
        "role": to.post.role,
        "holder": to,
        "addressee": to.user,
        "notified_at": now,
        "due_at": now + timedelta(hours=2),
    }
    return Escalation.objects.create(**given | facts)
