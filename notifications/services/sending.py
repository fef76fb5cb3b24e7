"""Sends committed rows, one at a time: claim and commit, send, record. Safe to run beside itself.

A sender that dies between sending and recording leaves a row `sending`; nobody can know whether the message
arrived, so `settle_lost` makes it `unknown` and a person decides.
"""

from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from notifications.channels.kinds import KINDS
from notifications.channels.message import Message
from notifications.choices import DeliveryState
from notifications.errors import Refused, Unavailable, Unclear
from notifications.models import ChannelSetting, Delivery
from notifications.rules.backoff import SENDING_AT_MOST, pause_after
from notifications.services import hours

log = structlog.get_logger(__name__)
LONGEST_ERROR = 500


def send_next(*, now: datetime) -> bool:
    """Sends the most urgent row that may leave now; False when there is none. Not inside a transaction."""
    delivery = _claim(now)
    if delivery is None:
        return False
    try:
        _send(delivery)
    except Unavailable as error:
        _try_again(delivery, error, now)
    except Refused as error:
        _report(delivery, state=DeliveryState.FAILED, error=_words(error))
    except Unclear as error:
        _report(delivery, state=DeliveryState.UNKNOWN, error=_words(error))
    except Exception as error:  # a channel's own fault: the row stays visible and the others go on
        log.exception("delivery_broke", delivery=delivery.pk, channel=delivery.channel)
        _report(delivery, state=DeliveryState.UNKNOWN, error=_words(error))
    else:
        _report(delivery, state=DeliveryState.SENT, sent_at=now, error="")
    return True


def settle_lost(*, now: datetime) -> int:
    """Rows whose sender is gone become `unknown`; how many."""
    stuck = Delivery.objects.stuck(now - SENDING_AT_MOST)
    return stuck.update(state=DeliveryState.UNKNOWN, error=_("发送途中中断，不能确定是否送达。"))


@transaction.atomic
def _claim(now: datetime) -> Delivery | None:
    """The next row, taken and committed as `sending`. Others skip it. A reminder already read is dropped."""
    waiting = Delivery.objects.due(now, reminders=hours.are_open(now))
    for delivery in waiting.select_for_update(of=("self",), skip_locked=True).select_related(
        "notice__recipient"
    )[:1]:
        delivery.attempts += 1
        delivery.claimed_at = now
        delivery.state = _state_when_claimed(delivery)
        delivery.save(update_fields=["attempts", "claimed_at", "state"])
        return delivery
    return None


def _state_when_claimed(delivery: Delivery) -> DeliveryState:
    answered = not delivery.urgent and delivery.notice.read_at is not None
    return DeliveryState.DROPPED if answered else DeliveryState.SENDING


def _send(delivery: Delivery) -> None:
    if delivery.state == DeliveryState.DROPPED:
        return
    setting = ChannelSetting.objects.filter(channel=delivery.channel, enabled=True).first()
    if setting is None:
        raise Refused(_("该渠道已停用。"))
    KINDS[delivery.channel].send(_message(delivery), setting.target)


def _message(delivery: Delivery) -> Message:
    recipient = delivery.notice.recipient
    return Message(
        message_id=delivery.message_id,
        title=delivery.notice.title,
        url=f"{settings.SITE_URL}{delivery.notice.url}" if settings.SITE_URL else "",
        urgent=delivery.urgent,
        username=recipient.username,
        email=recipient.email,
        phone=recipient.phone,
    )


def _try_again(delivery: Delivery, error: Unavailable, now: datetime) -> None:
    pause = pause_after(delivery.attempts)
    if pause is None:
        _report(delivery, state=DeliveryState.FAILED, error=_words(error))
        return
    moment = now + pause
    if not delivery.urgent:
        moment = hours.next_opening(moment)
    _report(delivery, state=DeliveryState.WAITING, next_attempt_at=moment, error=_words(error))


def _report(delivery: Delivery, **outcome: object) -> None:
    """Writes how this attempt ended, also when it was already given up as lost; never over a later attempt."""
    mine = Delivery.objects.filter(
        pk=delivery.pk,
        attempts=delivery.attempts,
        state__in=[DeliveryState.SENDING, DeliveryState.UNKNOWN],
    )
    mine.update(**outcome)


def _words(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:LONGEST_ERROR]
