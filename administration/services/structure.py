"""Structure that people stand in: closed only when nobody holds a post there any more."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import Appointment
from accounts.permissions import Permission
from accounts.rights import require
from core.actor import Actor
from core.clock import shanghai_date
from core.errors import Conflict
from jurisdictions.models import Organization, Post
from jurisdictions.services import organizations, posts


@transaction.atomic
def end_organization(
    *, organization_id: int, valid_to: date, successor_id: int | None, by: Actor, now: datetime
) -> Organization:
    """Ends the unit and closes its posts."""
    require(by, Permission.MANAGE_STRUCTURE)
    _require_unheld(Appointment.objects.filter(post__organization_id=organization_id), now)
    return organizations.end(
        organization_id=organization_id, valid_to=valid_to, successor_id=successor_id, by=by, now=now
    )


@transaction.atomic
def close_post(*, post_id: int, by: Actor, now: datetime) -> Post:
    require(by, Permission.MANAGE_STRUCTURE)
    _require_unheld(Appointment.objects.filter(post_id=post_id), now)
    return posts.set_active(post_id=post_id, is_active=False, by=by, now=now)


@transaction.atomic
def open_post(*, post_id: int, by: Actor, now: datetime) -> Post:
    require(by, Permission.MANAGE_STRUCTURE)
    return posts.set_active(post_id=post_id, is_active=True, by=by, now=now)


def _require_unheld(appointments: models.QuerySet[Appointment], now: datetime) -> None:
    held = appointments.exclude(ends_on__lte=shanghai_date(now)).select_related("user")[:5]
    if held:
        names = _("、").join(appointment.user.name for appointment in held)
        raise Conflict(_("还有人在任：%s。请先结束任职，未办结的事项会随之转出。") % names)
