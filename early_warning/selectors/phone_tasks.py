"""电话报告领导: what the duty post has to phone, to whom, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core.actor import Actor
from disputes.filters import without_hidden_levels
from disputes.models import Dispute
from early_warning import policies
from early_warning.errors import NotFound
from early_warning.models import PhoneTask
from early_warning.selectors.queue import Call
from early_warning.wording_screens import level_label

MOST = 50
RECENT = timedelta(days=7)
WITH = (
    "escalation__warning",
    "escalation__dispute__category",
    "escalation__addressee",
    "escalation__post__organization",
    "escalation__organization",
    "phoned_by__user",
)


@dataclass(frozen=True)
class TaskCard:
    """One call. No title and no narrative: the duty post tells what kind of matter, where, how many people."""

    task: PhoneTask

    @property
    def level_label(self) -> str:
        return level_label(self.task.escalation.level)

    @property
    def leader(self) -> str:
        row = self.task.escalation
        place = str(row.post) if row.post else str(row.get_role_display())
        return f"{place} {row.addressee.name}" if row.addressee else place

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


def open_count(by: Actor | None) -> int:
    if by is None or by.post is None:
        return 0
    return _mine(by).filter(closed_at=None).order_by()[: MOST + 1].count()


def phone_page(by: Actor, now: datetime) -> PhonePage:
    """Open calls, the nearest limit first, and those of the last week. Two queries."""
    done = _mine(by).filter(closed_at__gte=now - RECENT).select_related(*WITH)
    return PhonePage(open_tasks(by), [TaskCard(row) for row in done.order_by("-closed_at", "-pk")[:MOST]])


def open_tasks(by: Actor) -> list[TaskCard]:
    rows = _mine(by).filter(closed_at=None).select_related(*WITH)
    return [TaskCard(row) for row in rows.order_by("escalation__due_at", "pk")[:MOST]]


def phone_task(task_id: int, by: Actor) -> TaskCard:
    """A call that this post may make; any other does not exist for it."""
    row = _free(PhoneTask.objects.filter(pk=task_id), by).select_related("duty_post", *WITH).first()
    if row is None or not policies.may_phone(by, row):
        raise NotFound(_("没有找到这项电话报告，或不归您的岗位。"))
    return TaskCard(row)


def _mine(by: Actor) -> Any:
    return _free(PhoneTask.objects.filter(duty_post=by.post.pk), by)


def _free(rows: Any, by: Actor) -> Any:
    """Without calls about what the caller must keep out of: restricted ones stay, the duty post phones them too."""
    if by.scope is None:
        return rows
    allowed = Dispute.objects.exclude(barred_keys__overlap=list(by.scope.own_keys))
    return rows.filter(escalation__dispute__in=without_hidden_levels(allowed, by).values("pk"))
