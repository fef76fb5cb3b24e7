"""人身危险: fire, weapons, poison, explosives, suicide. The duty post is told at once, whatever the level."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.policies import may
from core.actor import Actor
from core.language import in_house_language
from core.transactions import retried
from disputes.errors import NotPermitted, WrongState
from disputes.models import Dispute
from disputes.rules import lifecycle
from disputes.services import access, notices, upper, urgency
from jurisdictions.choices import PostRole
from jurisdictions.models import Organization

MARKING = (Permission.REGISTER, Permission.ACCEPT, Permission.HANDLE, Permission.LEAD)


def may_mark(by: Actor | None, dispute: Dispute) -> bool:
    """Whoever works on a running dispute may say so, for everybody's safety."""
    running = dispute.status not in lifecycle.ENDED
    return running and not dispute.danger and any(may(by, permission) for permission in MARKING)


@retried
def mark(*, dispute_id: int, by: Actor, now: datetime) -> Dispute:
    """Danger found after registration: marks the dispute and tells the duty posts. Twice changes nothing.

    Raises NotFound out of sight, NotPermitted, WrongState once the case has ended. Locks the dispute's row.
    """
    dispute = upper.locked(dispute_id, by)
    if dispute.danger:
        return dispute
    if dispute.status in lifecycle.ENDED:
        raise WrongState(_("本件已经结束，不能再标记人身危险。"))
    if not may_mark(by, dispute):
        raise NotPermitted(_("您当前的岗位不能标记人身危险。"))
    dispute.danger = True
    dispute.save(update_fields=["danger"])
    tell_duty(dispute, now=now)
    upper.record(dispute, "danger_reported", by=by, now=now)
    urgency.hurry(dispute, by=by, now=now)
    return dispute


@in_house_language
def tell_duty(dispute: Dispute, *, now: datetime) -> None:
    """Opens it to the duty posts of the place and of the managing centre, and tells them urgently."""
    places = {place for place in (dispute.managing_org.place_id, dispute.town_id) if place}
    organizations = Organization.objects.filter(place_id__in=places, posts__role=PostRole.DUTY).distinct()
    access.open_to_duty(dispute, [organization.pk for organization in organizations], now=now)
    dispute.save(update_fields=["access_keys"])
    recipients = [
        user
        for organization in organizations
        for user in notices.holders(organization.pk, PostRole.DUTY, now)
    ]
    notices.tell(
        dispute,
        recipients,
        kind="danger",
        title=_("%s 有人身危险：请先报 110/派出所，并电话报告值班领导") % dispute.number,
        key=f"danger:{dispute.pk}",
        now=now,
        urgent=True,
    )
