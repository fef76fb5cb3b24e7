"""Trying a channel out: a real message to oneself through the ordinary machinery."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import require
from core.actor import Actor
from core.errors import WrongState
from notifications.choices import Channel, Topic
from notifications.events import DeliveriesQueued, deliveries_queued
from notifications.models import Delivery, Notice
from notifications.services import outbox

KIND = "channel.tried"


@transaction.atomic
def try_channel(*, channel: str, by: Actor, now: datetime) -> Delivery:
    """Queues one urgent message to the administrator in person by this channel only."""
    require(by, Permission.MANAGE_NOTIFICATIONS)
    if channel not in {way.channel for way in outbox.open_ways()}:
        raise WrongState(_("该渠道还没有启用或没有配置好，不能试发。"))
    notice = Notice.objects.create(
        recipient=by.user,
        kind=KIND,
        title=_("%(channel)s试发：收到即表示渠道可用。") % {"channel": Channel(channel).label},
        url="",
        topic=Topic.HOUSE,
        at_once=True,
        dedupe_key=f"try:{uuid.uuid4()}",
        created_at=now,
    )
    delivery = Delivery.objects.create(notice=notice, channel=channel, urgent=True, next_attempt_at=now)
    deliveries_queued.send(sender=DeliveriesQueued, event=DeliveriesQueued(1))
    return delivery
