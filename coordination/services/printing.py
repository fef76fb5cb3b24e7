"""会议纪要 on paper: its number, and who printed it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from audit import services as audit
from audit.choices import Action
from coordination.models import CoordinationMeeting
from core.actor import Actor
from disputes.services import paper_numbers


@transaction.atomic
def number_of(meeting: CoordinationMeeting, *, by: Actor, now: datetime) -> str:
    """编号 of the minutes, given when they are printed after the meeting; a draft has none."""
    if meeting.closed_at is None:
        return ""
    audit.record(
        action=Action.PRINTED,
        by=by,
        now=now,
        target_type="meeting",
        target_id=meeting.pk,
        target_label=meeting.subject,
        details={"paper": "minutes"},
    )
    given = paper_numbers.number_for("minutes", meeting.pk, organization=meeting.organization, now=now)
    return given.printed
