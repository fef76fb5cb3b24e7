"""What the pages of notifications need."""

from __future__ import annotations

from dataclasses import dataclass, field

from notifications.choices import TROUBLED, Channel, DeliveryState
from notifications.models import ChannelSetting, Delivery, Notice

PAGE = 25
NEWEST = 5
MOST_COUNTED = 99


@dataclass(frozen=True)
class Bell:
    """How many notices are unread, counted to 100, and the newest of them."""

    count: int
    newest: list[Notice] = field(default_factory=list)

    @property
    def words(self) -> str:
        return f"{MOST_COUNTED}+" if self.count > MOST_COUNTED else str(self.count)

    @property
    def newest_urgent(self) -> int:
        """The newest urgent one among the newest: when it changes, something urgent has come."""
        return max((notice.pk for notice in self.newest if notice.urgent), default=0)

    @property
    def more(self) -> int:
        return max(self.count - len(self.newest), 0)


def bell(user_id: int | None) -> Bell:
    """Two queries on the index of unread notices, whatever the number of read ones."""
    unread = Notice.objects.of(user_id).unread()
    return Bell(
        count=unread.order_by()[: MOST_COUNTED + 1].count(),
        newest=list(unread.order_by("-id")[:NEWEST]),
    )


@dataclass(frozen=True)
class NoticePage:
    notices: list[Notice]
    next_before: int | None  # the key of the next page
    newest: int  # what "mark all read" reaches up to


def notice_page(user_id: int | None, *, unread: bool, before: int | None) -> NoticePage:
    """Newest first, 25 at a time, older than `before`."""
    rows = Notice.objects.of(user_id).order_by("-id")
    newest = rows.values_list("id", flat=True).first() or 0
    if unread:
        rows = rows.unread()
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    return NoticePage(shown, shown[-1].pk if len(found) > PAGE else None, newest)


def unread_count(user_id: int | None) -> int:
    return Notice.objects.of(user_id).unread().count()


def troubled_count() -> int:
    return Delivery.objects.troubled().order_by()[: MOST_COUNTED + 1].count()


@dataclass(frozen=True)
class DeliveryPage:
    deliveries: list[Delivery]
    next_before: int | None


def delivery_page(state: str, *, before: int | None) -> DeliveryPage:
    """Deliveries of one state, newest first; `troubled` stands for failed and unknown."""
    rows = Delivery.objects.select_related("notice__recipient").order_by("-id")
    rows = rows.filter(state__in=TROUBLED) if state == "troubled" else rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    return DeliveryPage(shown, shown[-1].pk if len(found) > PAGE else None)


def waiting_count() -> int:
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
    return waiting.order_by()[: MOST_COUNTED + 1].count()


def channel_settings() -> list[ChannelSetting]:
    """Every channel in the order of the choices, also those without a row yet."""
    rows = {row.channel: row for row in ChannelSetting.objects.all()}
    return [rows.get(channel) or ChannelSetting(channel=channel) for channel in Channel]
