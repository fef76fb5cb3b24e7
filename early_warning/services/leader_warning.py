"""The §8 leader's own notice of an open warning follows the leader: the former one is released, the new one told."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from disputes.models import Dispute
from early_warning.choices import Basis, Outcome
from early_warning.models import Escalation, PhoneTask
from early_warning.models.escalation import ended as ended_at
from early_warning.services.escalating import tell_responsible_leader
from early_warning.services.escalation_notices import close_sight
from early_warning.services.handing_on import FIRST
from early_warning.services.resting import follow_higher
from early_warning.services.warnings import open_warning_of


def follow_leader(dispute: Dispute, *, now: datetime) -> None:
    """After another leader was named. Needs the dispute's lock; without an open warning nothing happens."""
    warning = open_warning_of(dispute)
    if warning is None:
        return
    own = Escalation.objects.filter(warning=warning, round=warning.round, town=None, basis=Basis.SECTION_8)
    former = own.filter(ended_at=None).exclude(post=dispute.responsible_leader_id)
    PhoneTask.objects.filter(escalation__in=former, closed_at=None).update(closed_at=now)
    former.update(outcome=Outcome.SUPERSEDED, ended_at=ended_at(now), remind_at=None)
    if not own.filter(ended_at=None).exists():
        last = own.aggregate(last=Max("step"))["last"] or FIRST - 1
        tell_responsible_leader(warning, dispute, now=now, step=last + 1)
    close_sight([dispute], now)
    follow_higher([dispute], now=now)
