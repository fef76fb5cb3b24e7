"""现在轮到: who must act now, and what is asked of them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from disputes.entry_words import asked_of, asked_while
from disputes.models import Dispute


@dataclass(frozen=True)
class Turn:
    """Who must act now, and what is asked of them."""

    who: str
    what: str


def turn_of(dispute: Dispute) -> Turn | None:
    """现在轮到: nobody once the case has ended."""
    if dispute.waiting_org is None:
        return None
    who = str(dispute.waiting_org)
    if dispute.waiting_role == "handler" and dispute.responsible_person:
        who = f"{who} · {dispute.responsible_person.user.name}"
    if not dispute.pending:
        return Turn(who, asked_of(dispute.status))
    return Turn(who, asked_while(dispute.pending) or _("请审批%s申请") % dispute.get_pending_display())
