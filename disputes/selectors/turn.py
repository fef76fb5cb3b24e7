"""现在轮到: who must act now, and what is asked of them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from disputes.models import Dispute
from disputes.wording import ASKED, PENDING_ASKED


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
    what = ASKED.get(dispute.status, "")
    if dispute.pending:
        asked = _("请审批%s申请") % dispute.get_pending_display()
        what = PENDING_ASKED.get(dispute.pending, asked)
    return Turn(who, str(what))
