"""Every look at what is restricted is written down: who opened it, in which post, when. The auditor reads it."""

from datetime import datetime

from audit.choices import Action
from audit.services import record
from core.actor import Actor
from disputes.models import Dispute
from disputes.services import alarm


def note(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """One line for the page or the answer that shows its content; nothing for what anybody of the place may open."""
    if not dispute.is_restricted or by.is_system:
        return
    record(
        action=Action.OPENED,
        by=by,
        now=now,
        target_type="dispute",
        target_id=dispute.pk,
        target_label=dispute.number,
        details={"restricted": True, "alarm": alarm.is_opened(dispute)},
    )
