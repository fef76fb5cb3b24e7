"""May this actor do that with a warning? One answer for buttons, services and the API."""

from accounts.permissions import Permission as P
from accounts.rights import may
from core.actor import Actor
from disputes.models import Dispute
from early_warning.choices import ChangeKind
from early_warning.models import Escalation, LevelRequest, PhoneTask


def may_answer(by: Actor | None, row: Escalation) -> bool:
    """The addressee; the leader in person also while somebody stands in for them."""
    if by is None or by.user_id is None:
        return False
    holder = row.holder
    return by.user_id == row.addressee_id or (holder is not None and by.user_id == holder.user_id)


def may_grade(by: Actor | None, dispute: Dispute) -> bool:
    """Confirming, raising, lowering, lifting: the managing centre's coordinator, the county's, and who is asked."""
    return coordinates(by, dispute) or _is_asked(by, dispute)


def coordinates(by: Actor | None, dispute: Dispute) -> bool:
    """Whether the actor sits at the centre that manages the case, or at the county's."""
    if by is None or by.organization is None or not may(by, P.DISPATCH):
        return False
    centre = by.organization
    county = centre.kind == "governance_centre" and centre.is_county_level
    return county or centre.pk == dispute.managing_org_id


def _is_asked(by: Actor | None, dispute: Dispute) -> bool:
    if by is None or by.user_id is None or not may(by, P.LEAD):
        return False
    return Escalation.objects.filter(dispute=dispute, addressee=by.user_id, ended_at=None).exists()


def may_check(by: Actor | None, row: Escalation) -> bool:
    """The coordinator, never the one who reported the risk removed."""
    return coordinates(by, row.dispute) and by is not None and by.user_id != row.ended_by_id


def may_consent(by: Actor | None, request: LevelRequest) -> bool:
    """Whoever holds the post asked, or is asked meanwhile; nobody consents to their own proposal."""
    if by is None or by.acting is None or request.asked_by is None:
        return False
    if by.user_id == request.asked_by.user_id:
        return False
    if by.acting.post_id == request.consent_of_id:
        return True
    open_rows = Escalation.objects.filter(warning=request.warning_id, ended_at=None, parallel=False)
    return may(by, P.LEAD) and open_rows.filter(addressee=by.user_id).exists()


def may_phone(by: Actor | None, task: PhoneTask) -> bool:
    """The duty post of the task; the county's where the town has none."""
    if by is None or by.post is None:
        return False
    return by.post.pk == task.duty_post_id


def offered_levels(change: str, level: int) -> list[int]:
    """Level 1 is the highest. A dispute without a warning (level 0) can be raised to any."""
    if change == ChangeKind.RAISE:
        return [one for one in (3, 2, 1) if level == 0 or one < level]
    if change == ChangeKind.LOWER:
        return [one for one in (2, 3) if one > level]
    return []
