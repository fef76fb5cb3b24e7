"""电话报告领导: what the duty post has to phone, to whom, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.actor import Actor
from disputes.models import Dispute
from disputes.querysets import Keys
from disputes.selectors.filters import without_hidden_levels
from early_warning import rights
from early_warning.errors import NotFound
from early_warning.models import PhoneTask
from early_warning.selectors.queue import Call
from early_warning.wording_screens import level_label

MOST = 50
OF_A_CALL = ("escalation__dispute", "escalation__addressee")
RECENT = timedelta(days=7)
WITH = (
    "escalation__warning",
    "escalation__dispute__category",
    "escalation__addressee",
    "escalation__post__organization",
    "escalation__organization",
    "escalation__town",
    "phoned_by__user",
)


@dataclass(frozen=True)
class TaskCard:
    """One call to one leader about one case, whatever number of towns or posts they are asked for: `task` is the one
    due first. No title and no narrative: the duty post tells what kind of matter, where, how many people."""

    task: PhoneTask
    others: tuple[PhoneTask, ...] = ()

    @property
    def level_label(self) -> str:
        return level_label(self.task.escalation.level)

    @property
    def leader(self) -> str:
        rows = [task.escalation for task in (self.task, *self.others)]
        places = (str(row.post) if row.post else str(row.get_role_display()) for row in rows)
        place, addressee = _("、").join(dict.fromkeys(places)), rows[0].addressee
        return f"{place} {addressee.name}" if addressee else place

    @property
    def towns(self) -> str:
        """For which towns, where there are several."""
        rows = [task.escalation for task in (self.task, *self.others)]
        names = dict.fromkeys(row.town.name for row in rows if row.town is not None)
        return _("、").join(names) if len(names) > 1 else ""

    @property
    def call(self) -> Call | None:
        row = self.task.escalation
        if row.addressee is not None and row.addressee.phone:
            return Call(row.addressee.name, row.addressee.phone)
        unit = row.post.organization if row.post else row.organization
        return Call(str(unit), unit.phone) if unit and unit.phone else None


@dataclass(frozen=True)
class PhonePage:
    open: list[TaskCard]
    done: list[TaskCard]


def open_calls(by: Actor) -> QuerySet[PhoneTask, Any]:
    """For the rail, which counts them."""
    return _mine(by).filter(closed_at=None).order_by().values(*OF_A_CALL).distinct()[: MOST + 1]


def phone_page(by: Actor, now: datetime) -> PhonePage:
    """Open calls, the nearest limit first, and those of the last week. Two queries."""
    done = _mine(by).filter(closed_at__gte=now - RECENT).select_related(*WITH)
    return PhonePage(open_tasks(by), _cards(done.order_by("-closed_at", "-pk")[:MOST]))


def open_tasks(by: Actor) -> list[TaskCard]:
    rows = _mine(by).filter(closed_at=None).select_related(*WITH)
    return _cards(rows.order_by("escalation__due_at", "pk")[:MOST])


def _cards(tasks: Iterable[PhoneTask]) -> list[TaskCard]:
    """In the order of the first task of each call."""
    calls: dict[tuple[Any, ...], list[PhoneTask]] = {}
    for task in tasks:
        row = task.escalation
        calls.setdefault((row.dispute_id, row.addressee_id, task.closed_at), []).append(task)
    return [TaskCard(first, tuple(others)) for first, *others in calls.values()]


def calls_of(duty_post_id: int | None) -> QuerySet[PhoneTask]:
    """What a duty post has to phone."""
    return PhoneTask.objects.filter(duty_post=duty_post_id, closed_at=None)


def phone_task(task_id: int, by: Actor) -> TaskCard:
    """A call that this post may make; any other does not exist for it."""
    row = _free(PhoneTask.objects.filter(pk=task_id), by).select_related("duty_post", *WITH).first()
    if row is None or not rights.may_phone(by, row):
        raise NotFound(_("没有找到这项电话报告，或不归您的岗位。"))
    asked = row.escalation
    same = calls_of(row.duty_post_id).exclude(pk=row.pk).select_related(*WITH).order_by("pk")
    others = same.filter(escalation__dispute=asked.dispute_id, escalation__addressee=asked.addressee_id)
    return TaskCard(row, tuple(others) if row.closed_at is None else ())


def _mine(by: Actor) -> Any:
    return _free(PhoneTask.objects.filter(duty_post=by.post.pk), by)


def _free(rows: Any, by: Actor) -> Any:
    """Without calls about what the caller must keep out of: restricted ones stay, the duty post phones them too."""
    if by.scope is None:
        return rows
    allowed = Dispute.objects.exclude(barred_keys__overlap=Keys(by.scope.own_keys))
    return rows.filter(escalation__dispute__in=without_hidden_levels(allowed, by).values("pk"))
