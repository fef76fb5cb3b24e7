"""The first boxes of the day where warnings are concerned: before everything else that waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission as P
from accounts.rights import may
from core.actor import Actor
from dashboards.selectors.warning_figures import WarningFigure, warning_figures
from disputes.models import Dispute
from disputes.querysets import DisputeQuerySet
from disputes.selectors.filters import without_hidden_levels
from early_warning.choices import Outcome
from early_warning.models import DisputeWarning, Escalation, LevelRequest
from early_warning.selectors import phone_tasks
from early_warning.selectors.board import HEAVY
from early_warning.selectors.queue import Queue, my_queue
from early_warning.selectors.warning_page import request_words
from early_warning.wording_screens import level_label, people
from jurisdictions.choices import PostRole

ROWS = 5
OF_DISPUTE = tuple(f"dispute__{name}" for name in ("number", "title", "place_name", "people_count"))


@dataclass(frozen=True)
class Item:
    level: int
    level_label: str
    title: str
    url: str
    facts: tuple[str, ...]
    due_at: datetime | None = None
    proposed: bool = False


@dataclass(frozen=True)
class Box:
    """Rows that wait; `more`: there are more behind the link."""

    title: str
    icon: str
    items: list[Item]
    url: str
    empty: str = ""
    more: bool = False

    @property
    def count(self) -> str:
        return f"{len(self.items)}+" if self.more else str(len(self.items))


@dataclass(frozen=True)
class Warnings:
    boxes: list[Box] = field(default_factory=list)
    figures: list[WarningFigure] = field(default_factory=list)

    @property
    def filled(self) -> list[Box]:
        return [box for box in self.boxes if box.items]

    @property
    def empty(self) -> list[Box]:
        """They say that nothing waits, below what does."""
        return [box for box in self.boxes if not box.items]


def warnings_for(by: Actor, now: datetime, known: DisputeQuerySet, *, asked: int) -> Warnings:
    """By what the post is: a leader's own, a coordinator's, a duty post's, and the county's figures. `known`: what the
    reader sees as it is now; `asked`: how many warnings wait for the reader, as the rail counted them."""
    boxes = []
    if may(by, P.LEAD):
        boxes = [_mine(by, asked), *_filled(_consents(by))]
    elif may(by, P.COORDINATE):
        boxes = [*_standing_in(by, asked), *_filled(_unconfirmed(by)), *_filled(_checks(by))]
    elif by.post is not None and by.post.role == PostRole.DUTY:
        boxes = [_calls(by)]
    else:
        boxes = _standing_in(by, asked)
    return Warnings(boxes, _figures(by, now, known))


def _standing_in(by: Actor, asked: int) -> list[Box]:
    """Whoever stands in for a leader; mostly nobody does."""
    return _filled(_mine(by, asked)) if asked else []


def _filled(box: Box) -> list[Box]:
    return [box] if box.items else []


def _figures(by: Actor, now: datetime, known: DisputeQuerySet) -> list[WarningFigure]:
    """Who answers for the whole county starts with the state of all warnings."""
    answers = may(by, P.COORDINATE) or may(by, P.LEAD)
    at_county = by.organization is not None and by.organization.is_county_level
    return warning_figures(by, now, known) if answers and at_county and may(by, P.VIEW_DASHBOARD) else []


def _mine(by: Actor, asked: int) -> Box:
    queue = my_queue(by) if asked else Queue([])
    items = [
        Item(
            card.escalation.level,
            card.level_label,
            card.dispute.title,
            reverse("early_warning:escalation", args=[card.escalation.pk]),
            (
                card.dispute.place_name,
                people(card.dispute.people_count),
                _("已知悉，等处理结果") if card.escalation.acknowledged_at else _("等您知悉"),
            ),
            None if card.escalation.rests_since else card.escalation.due_at,
            card.unconfirmed,
        )
        for card in queue.cards[:ROWS]
    ]
    return Box(
        _("报告给我的预警"),
        "exclamation-triangle",
        items,
        reverse("early_warning:queue"),
        _("没有等您处理的预警。报告给您的预警会立即出现在这里。"),
        more=len(queue.cards) > ROWS,
    )


def _consents(by: Actor) -> Box:
    found = list(_asked_of(by).order_by("asked_at")[: ROWS + 1]) if by.post else []
    items = [
        _item(row.warning, reverse("early_warning:consent", args=[row.pk]), request_words(row))
        for row in found[:ROWS]
    ]
    url = reverse("early_warning:queue")
    return Box(_("等我同意的级别调整"), "hourglass-split", items, url, more=len(found) > ROWS)


def _asked_of(by: Actor) -> Any:
    """Nobody asks most leaders on most days: one look, and the joins only where somebody does."""
    asked = LevelRequest.objects.filter(consent_of=by.post, granted=None)
    if not asked.exists():
        return asked.none()
    rows = asked.filter(warning__dispute__in=_seen(by))
    return rows.select_related("warning__dispute", "consent_of__organization")


def _unconfirmed(by: Actor) -> Box:
    rows = DisputeWarning.objects.filter(
        state="unconfirmed", dispute__managing_org=by.organization, dispute__in=_seen(by)
    )
    shown = rows.select_related("dispute").only("level", "state", *OF_DISPUTE)
    found = list(shown.order_by("level", "pk")[: ROWS + 1])
    items = [
        _item(row, reverse("early_warning:warning", args=[row.dispute.number]), _("请核定级别"))
        for row in found[:ROWS]
    ]
    url = f"{reverse('early_warning:board')}?show=unconfirmed#list"
    return Box(_("待核定的预警"), "check2-square", items, url, more=len(found) > ROWS)


def _checks(by: Actor) -> Box:
    found = list(_to_check(by).order_by("check_due_at", "pk")[: ROWS + 1])
    items = [
        Item(
            row.level,
            level_label(row.level),
            row.dispute.title,
            reverse("early_warning:escalation", args=[row.pk]),
            (row.dispute.place_name, _("%s报告风险已消除，请核实") % (row.post or row.addressee)),
            row.check_due_at,
        )
        for row in found[:ROWS]
    ]
    url = f"{reverse('early_warning:board')}?show=checks#list"
    return Box(_("待核实的预警"), "clipboard-check", items, url, more=len(found) > ROWS)


def _to_check(by: Actor) -> Any:
    """Mostly nothing waits for it: one look, and the joins only where something does."""
    waiting = Escalation.objects.filter(
        outcome=Outcome.RISK_REMOVED, checked_at=None, dispute__managing_org=by.organization
    )
    if not waiting.exists():
        return waiting.none()
    rows = waiting.filter(dispute__in=_seen(by)).select_related("dispute", "post__organization", "addressee")
    return rows.defer(*(f"dispute__{name}" for name in HEAVY))


def _calls(by: Actor) -> Box:
    waiting = phone_tasks.open_tasks(by)
    items = [
        Item(
            card.task.escalation.level,
            card.level_label,
            _("请电话报告%s") % card.leader,
            reverse("early_warning:phone_task", args=[card.task.pk]),
            (card.task.escalation.dispute.place_name, people(card.task.escalation.dispute.people_count)),
            card.task.escalation.due_at,
        )
        for card in waiting[:ROWS]
    ]
    return Box(
        _("等我打的电话"),
        "telephone",
        items,
        reverse("early_warning:phone"),
        _("没有要打的电话。通知发不出去时，电话报告领导的任务会出现在这里。"),
        more=len(waiting) > ROWS,
    )


def _item(warning: DisputeWarning, url: str, asked: str) -> Item:
    dispute = warning.dispute
    facts = (dispute.place_name, people(dispute.people_count), asked)
    return Item(
        warning.level,
        level_label(warning.level),
        dispute.title,
        url,
        facts,
        proposed=warning.state == "unconfirmed",
    )


def _seen(by: Actor) -> Any:
    return without_hidden_levels(Dispute.objects.visible_to(by), by).values("pk")
