"""What a person decides about deliveries that failed or whose outcome is unknown. Each decision is recorded."""

from datetime import datetime

from django.db import transaction

from accounts.permissions import Permission
from accounts.rights import require
from audit import services as audit
from audit.choices import Action
from core.actor import Actor
from notifications.choices import DeliveryState
from notifications.errors import NothingToRepeat
from notifications.events import DeliveriesQueued, deliveries_queued
from notifications.models import Delivery
from notifications.services import hours


@transaction.atomic
def repeat(*, delivery_id: int, by: Actor, now: datetime) -> Delivery:
    """Once more from the first attempt, with the same message id. Reminders still wait for working hours."""
    delivery = _troubled(delivery_id, by)
    delivery.state = DeliveryState.WAITING
    delivery.attempts = 0
    delivery.next_attempt_at = now if delivery.urgent else hours.next_opening(now)
    delivery.save(update_fields=["state", "attempts", "next_attempt_at"])
    _record(delivery, "repeat", by, now)
    if delivery.next_attempt_at <= now:
        deliveries_queued.send(sender=DeliveriesQueued, event=DeliveriesQueued(1))
    return delivery


@transaction.atomic
def drop(*, delivery_id: int, by: Actor, now: datetime) -> Delivery:
    """Not sent again; it leaves the list of failures."""
    delivery = _troubled(delivery_id, by)
    delivery.state = DeliveryState.DROPPED
    delivery.save(update_fields=["state"])
    _record(delivery, "drop", by, now)
    return delivery


def _troubled(delivery_id: int, by: Actor) -> Delivery:
    """Locked, and still failed or unclear."""
    require(by, Permission.MANAGE_NOTIFICATIONS)
    delivery = Delivery.objects.troubled().select_for_update().filter(pk=delivery_id).first()
    if delivery is None:
        raise NothingToRepeat
    return delivery


def _record(delivery: Delivery, decision: str, by: Actor, now: datetime) -> None:
    audit.record(
        action=Action.DELIVERY_DECIDED,
        by=by,
        now=now,
        target_type="delivery",
        target_id=delivery.pk,
        target_label=delivery.get_channel_display(),
        details={"decision": decision, "notice": delivery.notice_id},
    )
