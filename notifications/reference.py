from datetime import date, datetime

from core.reference import register
from notifications.channels.kinds import KINDS
from notifications.choices import Channel
from notifications.models import ChannelSetting, WorkingHours
from notifications.services.hours import UNTIL_SET


@register("notifications", order=40)
def load_notifications(now: datetime) -> str:
    """One row for each channel, e-mail on and the rest off, and working hours; edited rows stay."""
    rows = [
        ChannelSetting(channel=channel, enabled=not KINDS[channel].has_target, changed_at=now)
        for channel in Channel
    ]
    before = ChannelSetting.objects.count()
    ChannelSetting.objects.bulk_create(rows, ignore_conflicts=True)
    if not WorkingHours.objects.exists():
        WorkingHours.objects.create(
            effective_from=date(2000, 1, 1), opens=UNTIL_SET.opens, closes=UNTIL_SET.closes, source="系统默认"
        )
    return f"{ChannelSetting.objects.count() - before} channels added"
