"""The first page of the day: what waits for me, most urgent first, and what is late where I answer for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission as P
from accounts.policies import may
from calendars.services.due import soon_until
from core.actor import Actor
from disputes.choices import RequestKind, Status
from disputes.disclosure import disclosures, known_now
from disputes.filters import waits_for
from disputes.models import Dispute
from disputes.querysets import DisputeQuerySet
from disputes.selectors import stubs
from disputes.selectors.coordination import TASK_ROWS, tasks_of
from disputes.selectors.ledger_query import address
from disputes.wording import ASKED
from disputes.wording_danger import told_or_not
from jurisdictions.choices import PostRole

ROWS = 15
LATE_ROWS = 8
ROW = (  # what a line shows, and no column more: compiling and reading each costs on every page
    *("number", "title", "place_name", "status", "pending", "next_due_at", "danger_told", "danger_told_at"),
    *("confidentiality", "unit", "town__name", "waiting_org__name", "waiting_org__short_name"),
)
# Where the state itself does not say what is waited for.
WAITING_LABELS = {
    Status.SETTLED: gettext_lazy("待回访销号"),
    Status.CLOSED: gettext_lazy("待归档"),
    Status.NOT_RESOLVED: gettext_lazy("未果待研究"),
    Status.WITHDRAWN: gettext_lazy("撤回待销号"),
    Status.TRANSFERRED_OUT: gettext_lazy("移送待销号"),
}


@dataclass(frozen=True)
class Item:
    """A row: what is asked of me, by when; `answer` is where to say what was done."""

    dispute: Dispute
    asked: str
    answer: str = ""


@dataclass(frozen=True)
class Tile:
    """A count that leads to its rows."""

    label: str
    count: int
    url: str
    tone: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    icon: str
    items: list[Item]
    total: int
    url: str
    empty: str

    @property
    def count(self) -> str:
        """How many, as far as counted."""
        shown = len(self.items)
        return f"{shown}+" if self.total > shown else str(shown)


@dataclass(frozen=True)
class Home:
    """`first` stands before everything else, warnings included: danger to life."""

    tiles: list[Tile]
    sections: list[Section]
    first: list[Section]


def home_page(by: Actor, now: datetime) -> Home:
    """Everything a post that has to do with disputes sees first."""
    waiting = _waiting(by)
    sections = [_my_work(waiting, by), *_decided(by)]
    if may(by, P.LEAD) or may(by, P.COORDINATE):
        sections.append(_late(by, now))
    first = [_dangerous(by)] if may(by, P.LEAD) or _on_duty(by) else []
    if first and not first[0].items and not _on_duty(by):
        sections, first = [*sections, *first], []
    return Home(tiles=_tiles(waiting, by, now), sections=sections, first=first)


def _on_duty(by: Actor) -> bool:
    return by.post is not None and by.post.role == PostRole.DUTY


def waiting_count(by: Actor | None) -> int:
    """How much waits for the post acted in; the rail shows it."""
    return _waiting(by).count() if by is not None and by.organization is not None else 0


def _waiting(by: Actor) -> DisputeQuerySet:
    return Dispute.objects.listed_to(by).filter(waits_for(by))


def _tiles(waiting: DisputeQuerySet, by: Actor, now: datetime) -> list[Tile]:
    counted = waiting.order_by().values_list("status", "pending").annotate(n=Count("pk"))
    by_status: dict[str, int] = {}
    pending = 0
    for status, request, number in counted:
        if request:
            pending += number
        else:
            by_status[status] = by_status.get(status, 0) + number
    tiles = [
        Tile(
            str(WAITING_LABELS.get(status, status.label)),
            by_status[status],
            address({"waiting": "true", "pending": "false", "status": status.value}),
        )
        for status in Status
        if by_status.get(status)
    ]
    if pending:
        tiles.append(Tile(_("待审批"), pending, address({"waiting": "true", "pending": "true"})))
    return tiles + _clock_tiles(waiting, now)


def _clock_tiles(waiting: DisputeQuerySet, now: datetime) -> list[Tile]:
    soon = waiting.due_by(soon_until(now), now).count()
    late = waiting.overdue(now).count()
    return [
        Tile(_("临期"), soon, address({"waiting": "true", "due_soon": "true"})),
        Tile(_("超期"), late, address({"waiting": "true", "overdue": "true"}), tone="bad" if late else ""),
    ]


def _my_work(waiting: DisputeQuerySet, by: Actor) -> Section:
    rows = _for_work(waiting.order_by("next_due_at", "pk")[: ROWS + 1], by)
    return Section(
        title=_("等我办理"),
        icon="inbox",
        items=[Item(row, _asked(row)) for row in rows[:ROWS]],
        total=len(rows),
        url=address({"waiting": "true"}),
        empty=_("现在没有等您办理的纠纷。新的交办、申请和回访会出现在这里。"),
    )


def _decided(by: Actor) -> list[Section]:
    """What meetings asked of this person; nothing as long as none did."""
    rows = tasks_of(by)
    if not rows:
        return []
    section = Section(
        title=_("调度会交给我的"),
        icon="calendar-check",
        items=[
            Item(
                row.dispute,
                _("%(day)s 前：%(text)s") % {"day": f"{row.due_on:%Y-%m-%d}", "text": row.text},
                reverse("disputes:coordination_report", args=[row.pk]),
            )
            for row in rows[:TASK_ROWS]
        ],
        total=min(len(rows), TASK_ROWS),
        url="",
        empty="",
    )
    return [section]


def _late(by: Actor, now: datetime) -> Section:
    late = known_now(Dispute.objects.listed_to(by), by).overdue(now)
    rows = _for_work(late.order_by("next_due_at", "pk")[: LATE_ROWS + 1], by)
    return Section(
        title=_("辖区内超期"),
        icon="clock-history",
        items=[Item(row, _waits_for_whom(row)) for row in rows[:LATE_ROWS]],
        total=len(rows),
        url=address({"overdue": "true"}),
        empty=_("辖区内没有超期的纠纷。"),
    )


def _dangerous(by: Actor) -> Section:
    dangerous = known_now(Dispute.objects.listed_to(by), by).open().filter(danger=True)
    rows = _for_work(dangerous.order_by("-pk")[: LATE_ROWS + 1], by)
    return Section(
        title=_("有人身危险"),
        icon="exclamation-octagon",
        items=[Item(row, told) for row, told in _told(rows[:LATE_ROWS], by)],
        total=len(rows),
        url=address({"danger": "true", "status": "open"}),
        empty=_("没有标明人身危险的未结纠纷。"),
    )


def _told(rows: list[Dispute], by: Actor) -> list[tuple[Dispute, str]]:
    """With whom somebody told, where a level may be seen: not of a stub."""
    shown = disclosures(by, rows)
    return [(row, _("已报告：%s") % told_or_not(row) if shown[row.pk].level else "") for row in rows]


def _for_work(rows: DisputeQuerySet, by: Actor) -> list[Dispute]:
    """What lines show; restricted ones whose content is not open to the reader come as stubs."""
    return stubs.readable(rows.select_related("town", "waiting_org").only(*ROW), by)


def _asked(dispute: Dispute) -> str:
    if dispute.pending:
        return _("请审批%s申请") % RequestKind(dispute.pending).label
    return str(ASKED.get(dispute.status, ""))


def _waits_for_whom(dispute: Dispute) -> str:
    return _("等待 %s") % dispute.waiting_org if dispute.waiting_org else ""
