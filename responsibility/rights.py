"""Who may name leaders and write letters: §8's questions, one answer for pages and services."""

from accounts.keys import unit_key
from accounts.permissions import Permission as P
from accounts.rights import may
from core.actor import Actor
from disputes.conflicts import Conflicts
from disputes.models import Dispute
from jurisdictions.choices import OrganizationKind
from jurisdictions.models import Post

GOVERNING = frozenset({"party_committee", "government", "governance_centre", "governance_committee"})
LEADING = GOVERNING | {"department"}


def may_name_leader(by: Actor | None, dispute: Dispute) -> bool:
    """另行指定责任领导: the centre that manages the case, or the county's."""
    return _dispatches(by, dispute) and dispute.is_open


def may_state_leader(by: Actor | None) -> bool:
    """The same at intake: whoever registers at a centre's desk, for what that centre will manage."""
    return by is not None and by.organization is not None and _is_centre(by) and may(by, P.REGISTER)


def may_assign_case_leader(by: Actor | None, dispute: Dispute) -> bool:
    """领导包案: leaders of town, county and departments who see the case, and the county office."""
    if by is None or by.organization is None or not dispute.is_open:
        return False
    leads = may(by, P.LEAD) and by.organization.kind in LEADING
    return leads or may(by, P.ACCEPT_REPORT)


def may_report_as_case_leader(by: Actor | None, dispute: Dispute, leader_user_id: int) -> bool:
    """The case leader in person, or the centre that writes it down for them."""
    if by is None or by.acting is None:
        return False
    return by.acting.user_id == leader_user_id or _dispatches(by, dispute) or may(by, P.ACCEPT_REPORT)


def may_write_letters(by: Actor | None, dispute: Dispute) -> bool:
    """交办函: the centre that manages the case, or the county's."""
    return _dispatches(by, dispute) and dispute.is_open


def may_note_letters(by: Actor | None, dispute: Dispute) -> bool:
    """Service and reply are written down also after the case has ended."""
    return _dispatches(by, dispute)


def may_see_coverage(by: Actor | None) -> bool:
    """§5 覆盖: the county office and the county's leaders, and who can fill the gaps."""
    if may(by, P.MANAGE_STRUCTURE) or may(by, P.MANAGE_RIGHTS):
        return True
    county = by is not None and by.organization is not None and by.organization.is_county_level
    governing = county and by is not None and by.organization.kind in GOVERNING
    return bool(governing and (may(by, P.LEAD) or may(by, P.ACCEPT_REPORT) or may(by, P.COORDINATE)))


def _dispatches(by: Actor | None, dispute: Dispute) -> bool:
    if by is None or by.organization is None or not may(by, P.DISPATCH):
        return False
    centre = by.organization
    return (_is_centre(by) and centre.is_county_level) or centre.pk == dispute.managing_org_id


def _is_centre(by: Actor) -> bool:
    return by.organization.kind == OrganizationKind.GOVERNANCE_CENTRE


def keeps_out(conflicts: Conflicts, dispute: Dispute, post: Post, user_ids: list[int]) -> bool:
    """Whether the post's unit, one of these people, or a unit one of them belongs to is complained about."""
    return unit_key(post.organization_id) in dispute.barred_keys or conflicts.bars(dispute, *user_ids)
