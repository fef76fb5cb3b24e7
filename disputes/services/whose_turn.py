"""Whose turn it is, as a fact on the row. The only writer of `waiting_org` and `waiting_role`."""

from disputes.models import Dispute
from disputes.rules.lifecycle import WAITING, Pending, Side
from jurisdictions.choices import PostRole


def note(dispute: Dispute) -> None:
    """Sets who must act next from status and pending request; the caller saves."""
    if dispute.pending:
        dispute.waiting_org_id = dispute.pending_org_id
        dispute.waiting_role = decider_role(dispute)
        return
    seat, role = WAITING.get(dispute.status, (Side.ANY, ""))
    dispute.waiting_role = role
    if seat is Side.CENTRE:
        dispute.waiting_org_id = dispute.managing_org_id
    elif seat is Side.UNIT:
        dispute.waiting_org_id = dispute.lead_unit_id
    else:
        dispute.waiting_org_id = None


def decider_role(dispute: Dispute) -> str:
    """The role that decides the pending request."""
    centres = (dispute.managing_org_id, dispute.handed_down_by_id)
    if dispute.pending == Pending.EXTENSION and dispute.pending_org_id not in centres:
        return PostRole.DEPUTY
    return PostRole.COORDINATOR
