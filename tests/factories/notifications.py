"""Notices, deliveries, channels, and servers that really receive."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

from accounts.models import User
from notifications.choices import Channel
from notifications.models import ChannelSetting, Delivery, Notice

_numbers = itertools.count(1)
LONG_AGO = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)


def a_notice(recipient: User, **fields: object) -> Notice:
    """An unread reminder."""
    number = next(_numbers)
    given = {
        "kind": "test",
        "title": f"t01-2026-{number:06d} 请签收",
        "url": "/disputes/",
        "dedupe_key": f"test:{number}",
        "created_at": LONG_AGO,
    }
    given |= fields
    given.setdefault("at_once", given.get("urgent", False))
    return Notice.objects.create(recipient=recipient, **given)


def a_delivery(recipient: User, **fields: object) -> Delivery:
    """An urgent message by e-mail that may leave at once."""
    given = {"channel": Channel.EMAIL, "urgent": True, "next_attempt_at": LONG_AGO} | fields
    notice = given.pop("notice", None) or a_notice(recipient, urgent=given["urgent"])
    return Delivery.objects.create(notice=notice, **given)


def open_channel(channel: str, target: str = "") -> ChannelSetting:
    """The channel is on and leads there."""
    setting, _made = ChannelSetting.objects.update_or_create(
        channel=channel, defaults={"enabled": True, "target": target, "changed_at": LONG_AGO}
    )
    return setting
