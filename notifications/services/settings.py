"""Channels, working hours, a person's wishes: who may change them, checked and recorded."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from accounts.rights import require
from audit import services as audit
from core.actor import Actor
from core.clock import shanghai_date
from core.crypto import search_hash
from core.errors import InvalidInput
from notifications.channels.kinds import KINDS
from notifications.choices import MUTABLE
from notifications.models import ChannelSetting, Preference, WorkingHours


@transaction.atomic
def set_channel(*, channel: str, enabled: bool, target: str, by: Actor, now: datetime) -> ChannelSetting:
    """Turns a channel on or off; an empty `target` keeps the present one. The record never shows the address."""
    require(by, Permission.MANAGE_NOTIFICATIONS)
    setting, _made = ChannelSetting.objects.select_for_update().get_or_create(
        channel=channel, defaults={"changed_at": now}
    )
    before = _state(setting)
    setting.enabled, setting.target = enabled, target or setting.target
    _check(setting)
    setting.changed_at = now
    setting.save()
    audit.record_change(
        by=by,
        now=now,
        target_type="notification_channel",
        target_id=channel,
        label=setting.get_channel_display(),
        before=before,
        after=_state(setting),
    )
    return setting


def _check(setting: ChannelSetting) -> None:
    kind = KINDS[setting.channel]
    if not kind.has_target or not (setting.enabled or setting.target):
        return
    if not setting.target:
        raise InvalidInput({"target": [_("启用前请先填写地址。")]})
    problem = kind.problem_with(setting.target)
    if problem:
        raise InvalidInput({"target": [problem]})


def _state(setting: ChannelSetting) -> dict[str, object]:
    """What the access log keeps: whether it is on, and a mark by which two addresses can be told apart."""
    mark = search_hash("channel_target", setting.target)[:12] if setting.target else ""
    return {"enabled": setting.enabled, "address": mark}


@transaction.atomic
def set_hours(
    *, effective_from: date, opens: time, closes: time, source: str, by: Actor, now: datetime
) -> WorkingHours:
    """New working hours from today or later; what was announced for the same day is replaced."""
    require(by, Permission.MANAGE_NOTIFICATIONS)
    if effective_from < shanghai_date(now):
        raise InvalidInput({"effective_from": [_("生效日期不能早于今天。")]})
    if closes <= opens:
        raise InvalidInput({"closes": [_("下班时间应晚于上班时间。")]})
    before = WorkingHours.objects.in_force(effective_from).first()
    row, _made = WorkingHours.objects.update_or_create(
        effective_from=effective_from, defaults={"opens": opens, "closes": closes, "source": source}
    )
    audit.record_change(
        by=by,
        now=now,
        target_type="working_hours",
        target_id=row.pk,
        label=effective_from.isoformat(),
        before={"hours": str(before)} if before else {},
        after={"hours": str(row), "source": source},
    )
    return row


def set_preference(*, user: User, email: bool, muted: Sequence[str] = ()) -> Preference:
    """Their own wish for what comes from now on; urgent notices ring and leave whatever it says. What may not be
    muted is refused."""
    if set(muted) - {topic.value for topic in MUTABLE}:
        raise InvalidInput({"muted": [_("人身危险和报告给我的预警不能设为不提醒。")]})
    wish = {"email": email, "muted": sorted(muted)}
    preference, _made = Preference.objects.update_or_create(user=user, defaults=wish)
    return preference
