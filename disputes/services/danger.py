"""人身危险: fire, weapons, poison, explosives, suicide. The duty post is told at once, whatever the level."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.language import in_house_language
from disputes.models import Dispute
from disputes.services import access, notices
from jurisdictions.choices import PostRole
from jurisdictions.models import Organization


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
