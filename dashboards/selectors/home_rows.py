"""The lists of the first page: which disputes, in which order, with what is asked, and the level beside each.

Each list asks for its ids alone, all lists in one statement; the rows of all come in one query, for its columns cost
more than its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coordination.models import CoordinationDecision
from coordination.selectors.pages import TASK_ROWS
from core import together
from core.actor import Actor
from core.templatetags.components import time_left
from disputes import principals
from disputes.choices import RequestKind, Status
from disputes.entry_words import asked_of
from disputes.models import Dispute
from disputes.querysets import DisputeQuerySet
from disputes.selectors import not_resolved, stubs
from disputes.selectors.filters import followed_by, without_hidden_levels
from disputes.selectors.ledger_query import address
from disputes.selectors.shown_levels import level_words, shown_levels
from disputes.wording_danger import told_or_not

ROWS = 15
FEWER_ROWS = 8
LEVEL_ROWS = 5
ROW = (  # what a line shows, and no column more: compiling and reading each costs on every page
    *("number", "title", "place_name", "status", "pending", "next_due_at", "danger_told", "danger_told_at"),
    "revisited_at",
    *(
        "confidentiality",
        "danger",
        "warning_level",
        "unit",
        "town__name",
        "waiting_org__name",
        "waiting_org__short_name",
    ),
)


@dataclass(frozen=True)
class Item:
    """A row in words: its level as far as the reader may know it, what is asked of them or of whom it waits for."""

    title: str
    url: str
    number: str
    place: str
    asked: str
    level: int | None
    level_label: str
    status: str
    tone: str
    left: SafeString
    answer: str = ""  # where to say what was done


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
class Found:
    """A list before its rows are read: how to ask for its ids, one more than it shows, and what to say beside each.
    `exact` asks again without what the reader may not know the level of. An `optional` one is left out when empty."""

    title: str
    icon: str
    wanted: QuerySet[Dispute, Any]
    most: int
    url: str
    empty: str
    beside: Callable[[Dispute, bool], str]  # the flag: whether the reader may know the level and who was told
    exact: Callable[[], QuerySet[Dispute, Any]] | None = None
    asks: bool = False  # it is the reader's own work: of 处理未果 it says what is still missing
    optional: bool = False
    ids: list[int] = field(default_factory=list)  # once it is answered

    @property
    def shown(self) -> list[int]:
        return self.ids[: self.most]


def dangerous(known: DisputeQuerySet) -> Found:
    """The newest first: it is the most acute."""
    return Found(
        title=_("有人身危险"),
        icon="exclamation-octagon",
        wanted=_ids(known.open().filter(danger=True).order_by("-pk"), FEWER_ROWS),
        most=FEWER_ROWS,
        url=address({"danger": "true", "status": "open"}),
        empty=_("没有标明人身危险的未结纠纷。"),
        beside=_told,
    )


def graded(known: DisputeQuerySet, by: Actor) -> Found:
    """Level 1, 2, 3, the soonest due first within each; without danger, which stands above."""

    def soonest(rows: DisputeQuerySet) -> QuerySet[Dispute, Any]:
        with_level = rows.filter(warning_level__gt=0, danger=False).open()
        return _ids(with_level.order_by("warning_level", "next_due_at", "pk"), LEVEL_ROWS)

    return Found(
        title=_("有预警"),
        icon="exclamation-triangle",
        wanted=soonest(known),
        most=LEVEL_ROWS,
        url=address({"level": "any", "danger": "false", "status": "open"}),
        empty="",
        beside=_waits_for_whom,
        exact=lambda: soonest(without_hidden_levels(known, by)),
    )


def my_work(waiting: DisputeQuerySet) -> Found:
    return Found(
        title=_("等我办理"),
        icon="inbox",
        wanted=_ids(waiting.order_by("next_due_at", "pk"), ROWS),
        most=ROWS,
        url=address({"waiting": "true"}),
        empty=_("现在没有等您办理的纠纷。新的交办、申请和回访会出现在这里。"),
        beside=_asked,
        asks=True,
    )


def unanswered(by: Actor) -> Found | None:
    """处理未果 that waits for this principal leader's answer (§8); None of everybody else."""
    mine = principals.asks(by)
    if mine is None:
        return None
    rows = not_resolved.unanswered(Dispute.objects.visible_to(by)).filter(mine)
    return Found(
        title=_("处理未果，等我答复"),
        icon="pen",
        wanted=_ids(rows.order_by("pk"), FEWER_ROWS),
        most=FEWER_ROWS,
        url=address({"status": Status.NOT_RESOLVED.value}),
        empty="",
        beside=lambda _row, _may_know: _("请答复：继续组织化解，还是同意转其他途径"),
        optional=True,
    )


def late(known: DisputeQuerySet, now: datetime) -> Found:
    return Found(
        title=_("辖区内超期"),
        icon="clock-history",
        wanted=_ids(known.overdue(now).order_by("next_due_at", "pk"), FEWER_ROWS),
        most=FEWER_ROWS,
        url=address({"overdue": "true"}),
        empty=_("辖区内没有超期的纠纷。"),
        beside=_waits_for_whom,
    )


def followed(known: DisputeQuerySet, by: Actor) -> Found:
    """The soonest due first; what has ended is found in the ledger."""
    return Found(
        title=_("我关注的"),
        icon="bookmark",
        wanted=_ids(known.open().filter(followed_by(by)).order_by("next_due_at", "pk"), FEWER_ROWS),
        most=FEWER_ROWS,
        url=address({"followed": "true"}),
        empty="",
        beside=_waits_for_whom,
    )


def answered(found: Sequence[Found]) -> list[Found]:
    """With their ids, all out of one statement; without the optional ones that are empty."""
    ids = together.ids({str(place): one.wanted for place, one in enumerate(found)})
    full = [replace(one, ids=ids[str(place)]) for place, one in enumerate(found)]
    return [one for one in full if one.ids or not one.optional]


def sections(
    found: Sequence[Found], by: Actor, now: datetime, tasks: Sequence[CoordinationDecision]
) -> list[Section]:
    """Ready to show; after the third, what waits, comes what meetings asked. A list by level in which the reader may
    not know each is asked for exactly, which is rare."""
    asked = [task.dispute for task in tasks]
    rows, levels = _read(found, asked, by)
    if any(one.exact and None in [levels[pk] for pk in one.ids] for one in found):
        found = [
            replace(one, ids=list(one.exact().values_list("pk", flat=True))) if one.exact else one
            for one in found
        ]
        rows, levels = _read(found, asked, by)
    left: dict[datetime | None, SafeString] = {}
    missing = not_resolved.asked_words(rows[pk] for one in found if one.asks for pk in one.shown)
    ready = [_section(one, rows, levels, left, now, missing if one.asks else {}) for one in found]
    return [*ready[:3], *_decided(tasks, levels), *ready[3:]]


def _decided(tasks: Sequence[CoordinationDecision], levels: dict[int, int | None]) -> list[Section]:
    """What meetings asked of this person; nothing as long as none did."""
    if not tasks:
        return []
    items = [
        replace(
            _item(
                task.dispute,
                _("%(day)s 前：%(text)s") % {"day": f"{task.due_on:%Y-%m-%d}", "text": task.text},
                levels[task.dispute_id],
                SafeString(""),
            ),
            answer=reverse("coordination:report", args=[task.pk]),
        )
        for task in tasks[:TASK_ROWS]
    ]
    return [Section(_("调度会交给我的"), "calendar-check", items, len(items), "", "")]


def _read(
    found: Sequence[Found], beside: Sequence[Dispute], by: Actor
) -> tuple[dict[int, Dispute], dict[int, int | None]]:
    wanted = {pk for one in found for pk in one.ids}
    shown: Any = Dispute.objects.filter(pk__in=wanted).order_by().select_related("town", "waiting_org")
    read = list(shown.only(*ROW)) if wanted else []
    levels = shown_levels([*read, *beside], by)
    rows = {row.pk: row for row in stubs.readable(read, by)}  # restricted ones as stubs, without their level
    return rows, levels | {pk: None for pk, row in rows.items() if row.is_stub}


def _section(
    found: Found,
    rows: dict[int, Dispute],
    levels: dict[int, int | None],
    left: dict[datetime | None, SafeString],
    now: datetime,
    missing: dict[int, str],
) -> Section:
    shown = [(rows[pk], levels[pk]) for pk in found.shown]
    for row, _level in shown:  # many end with the same last second of a day
        if row.next_due_at not in left:
            left[row.next_due_at] = time_left(row.next_due_at, now)
    items = [
        _item(row, missing.get(row.pk) or found.beside(row, level is not None), level, left[row.next_due_at])
        for row, level in shown
    ]
    return Section(found.title, found.icon, items, len(found.ids), found.url, found.empty)


def _item(row: Dispute, asked: str, level: int | None, left: SafeString) -> Item:
    return Item(
        title=row.title,
        url=f"/disputes/{row.number}/",
        number=row.display_number,
        place=(row.town.name if row.town else "") or row.place_name,
        asked=asked,
        level=level,
        level_label=level_words(level) if level else "",
        status=str(Status(row.status).label),  # without the copy of all choices `get_status_display` makes
        tone=row.status_tone,
        left=left,
    )


def _ids(rows: DisputeQuerySet, most: int) -> QuerySet[Dispute, Any]:
    return rows.values("pk")[: most + 1]


def _told(dispute: Dispute, may_know: bool) -> str:
    return _("已报告：%s") % told_or_not(dispute) if may_know else ""


def _asked(dispute: Dispute, _may_know: bool) -> str:
    if dispute.pending:
        return _("请审批%s申请") % RequestKind(dispute.pending).label
    return asked_of(dispute.status)


def _waits_for_whom(dispute: Dispute, _may_know: bool) -> str:
    return _("等待 %s") % dispute.waiting_org if dispute.waiting_org else ""
