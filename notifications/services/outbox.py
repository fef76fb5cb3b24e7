"""Which notices leave the system, by which channels, from when. Rows only; sending comes after commit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from core.remembered import remembered
from notifications.channels.kinds import KINDS, Kind
from notifications.events import DeliveriesQueued, deliveries_queued
from notifications.models import ChannelSetting, Delivery, Notice
from notifications.services import hours

BATCH = 1000


@dataclass(frozen=True)
class Way:
    """An open channel and whether it reaches persons one by one."""

    channel: str
    target: str

    @property
    def kind(self) -> Kind:
        return KINDS[self.channel]

    @property
    def is_personal(self) -> bool:
        return self.kind.is_personal(self.target)

    def reaches(self, user: User, *, urgent: bool) -> bool:
        """Whether there is an address for it, and whether they want it."""
        return self.kind.reaches(user, self.target, urgent=urgent)


def open_ways() -> list[Way]:
    """The channels that are on. E-mail counts only where EMAIL_URL names a server."""
    return [way for way in _ways_on() if way.kind.is_ready()]


@remembered(1)
def _ways_on() -> tuple[Way, ...]:
    rows = ChannelSetting.objects.filter(enabled=True).order_by("channel")
    return tuple(Way(row.channel, row.target) for row in rows)


def queue(keys: Iterable[str], *, now: datetime, told_at: Iterable[datetime] = ()) -> int:
    """Deliveries for the notices of these keys written at `now`, or at these moments, in the caller's transaction; how
    many."""
    ways = open_ways()
    if not ways:
        return 0
    new = list(
        Notice.objects.filter(
            dedupe_key__in=list(keys), created_at__in=list(told_at) or [now], muted=False, deliveries=None
        ).order_by("id")
    )
    opening = hours.next_opening(now)
    rows = [
        Delivery(
            notice_id=notice.pk,
            channel=way.channel,
            urgent=notice.at_once,
            next_attempt_at=now if notice.at_once else opening,
        )
        for notice, way in [*_personal(new, ways), *_for_groups(new, ways)]
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    if any(row.next_attempt_at <= now for row in rows):
        deliveries_queued.send(sender=DeliveriesQueued, event=DeliveriesQueued(len(rows)))
    return len(rows)


def _personal(notices: Sequence[Notice], ways: Sequence[Way]) -> list[tuple[Notice, Way]]:
    personal = [way for way in ways if way.is_personal]
    if not personal:
        return []
    wanted = {notice.recipient_id for notice in notices}
    active = User.objects.filter(pk__in=wanted, is_active=True).select_related("notification_preference")
    users = {user.pk: user for user in active}
    return [
        (notice, way)
        for notice in notices
        for way in personal
        if notice.recipient_id in users and way.reaches(users[notice.recipient_id], urgent=notice.at_once)
    ]


def _for_groups(notices: Sequence[Notice], ways: Sequence[Way]) -> list[tuple[Notice, Way]]:
    """A group reads a message once, however many of its members it is for."""
    groups = [way for way in ways if not way.is_personal]
    if not groups:
        return []
    told = set(
        Delivery.objects.filter(
            notice__dedupe_key__in={notice.dedupe_key for notice in notices},
            channel__in=[way.channel for way in groups],
        ).values_list("notice__dedupe_key", "channel")
    )
    first = {notice.dedupe_key: notice for notice in reversed(notices)}
    return [
        (notice, way) for key, notice in first.items() for way in groups if (key, way.channel) not in told
    ]
