"""What the pages of notifications need."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Case, Count, F, Max, When, Window
from django.db.models.functions import RowNumber

from notifications.choices import TROUBLED, Channel, DeliveryState, Topic
from notifications.models import ChannelSetting, Delivery, Notice
from notifications.querysets import NoticeQuerySet

PAGE = 25
NEWEST = 5
MOST_COUNTED = 99
MOST_OF_ONE = 10  # notices of one matter that a page shows
MATTER = Case(
    When(subject_id__gt=0, then=F("subject_id")), default=-F("id")
)  # without a matter each stands alone


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
class Group:
    """The notices of one matter, the newest first; without a matter one alone. `total` counts also what
    is not shown."""

    notices: list[Notice]
    total: int

    @property
    def newest(self) -> Notice:
        return self.notices[0]

    @property
    def older(self) -> list[Notice]:
        return self.notices[1:]

    @property
    def key(self) -> tuple[str, int]:
        return self.newest.subject, self.newest.subject_id

    @property
    def hidden(self) -> int:
        return self.total - len(self.notices)

    @property
    def unread(self) -> int:
        return sum(notice.rings for notice in self.notices)


@dataclass(frozen=True)
class NoticePage:
    groups: list[Group]
    next_before: int | None  # the key of the next page
    newest: int  # what "mark all read" reaches up to

    @property
    def notices(self) -> list[Notice]:
        return [notice for group in self.groups for notice in group.notices]


def notice_page(user_id: int | None, *, unread: bool, before: int | None, topic: str = "") -> NoticePage:
    """25 matters, the one with the newest notice first, of those whose newest is older than `before`. Three queries."""
    rows = Notice.objects.of(user_id)
    newest = rows.order_by("-id").values_list("id", flat=True).first() or 0
    rows = rows.unread() if unread else rows
    rows = rows.filter(topic=topic) if topic else rows
    heads = rows.order_by().values_list("subject", MATTER).annotate(newest=Max("id"), total=Count("id"))
    heads = heads if before is None else heads.filter(newest__lt=before)
    found = list(heads.order_by("-newest")[: PAGE + 1])
    shown = found[:PAGE]
    groups = _groups(rows, [(subject, matter, total) for subject, matter, _newest, total in shown])
    return NoticePage(groups, shown[-1][2] if len(found) > PAGE else None, newest)


def _groups(rows: NoticeQuerySet, heads: list[tuple[str, int, int]]) -> list[Group]:
    """A few of the newest of each, in one query."""
    wanted = {matter for _subject, matter, _total in heads}
    ranked = rows.annotate(
        matter=MATTER,
        place=Window(RowNumber(), partition_by=[F("subject"), MATTER], order_by=F("id").desc()),
    )
    kept: dict[tuple[str, int], list[Notice]] = {}
    newest_of = ranked.filter(matter__in=wanted, place__lte=MOST_OF_ONE).order_by("-id")
    for notice in newest_of if wanted else ():
        kept.setdefault((notice.subject, notice.matter), []).append(notice)
    return [
        Group(kept[subject, matter], total) for subject, matter, total in heads if (subject, matter) in kept
    ]


def topic_counts(user_id: int | None, *, unread: bool) -> list[tuple[Topic, int]]:
    """Which kinds there are and how many of each, in the order of the kinds; one query."""
    rows = Notice.objects.of(user_id)
    rows = rows.unread() if unread else rows
    counted = dict(rows.order_by().values_list("topic").annotate(n=Count("id")))
    return [(topic, counted[topic.value]) for topic in Topic if counted.get(topic.value)]


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
