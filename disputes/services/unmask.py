"""Showing personal data in full: a right, a reason, and a line in the access log."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import services as audit
from audit.choices import Action
from core.actor import Actor
from disputes.disclosure import disclosure
from disputes.errors import InvalidInput, NotFound, NotPermitted
from disputes.models import Dispute, Party
from disputes.selectors.merged import parties_of

SHORTEST_REASON = 2


@transaction.atomic
def reveal(*, number: str, party_id: int, reason: str, by: Actor, now: datetime) -> Party:
    """The party with everything readable. Raises NotFound out of sight, NotPermitted without the right."""
    dispute = Dispute.objects.get_visible(by, number)
    shown = disclosure(by, dispute)
    party = parties_of(dispute, shown).filter(pk=party_id).first()
    if party is None:
        raise NotFound(_("没有找到，或您无权查看。"))
    if not shown.unmask:
        raise NotPermitted(_("您当前的岗位不能查看完整信息。"))
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInput({"reason": [_("请写明查看的事由。")]})
    audit.record(
        action=Action.UNMASKED,
        by=by,
        now=now,
        target_type="party",
        target_id=party.pk,
        target_label=dispute.number,
        reason=reason,
    )
    return party
