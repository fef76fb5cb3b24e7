"""Opening, meeting, cancelling and moving deadlines. Callers hold the lock on the subject, then call these.

Every function locks its deadline row and joins the caller's transaction. Whoever acts after the end records
the miss first (event `deadlines_missed`), so that acting late hides nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext as _

from calendars.choices import AdjustmentKind
from calendars.errors import InvalidInput, NotFound, WrongState
from calendars.models import Deadline, DeadlineAdjustment
from calendars.rules.terms import Start
from calendars.services import workdays
from calendars.services.computing import COMPUTED, compute
from calendars.services.due import moment_of
from calendars.services.misses import flag_if_late
from calendars.services.opening import Opening, open_first, open_many
from core.actor import Actor
from core.transactions import joining
from core.written_once import OneOf, written_once

__all__ = [
    "Opening",
    "bound",
    "cancel",
    "cancel_all",
    "extend",
    "locked",
    "meet",
    "meet_all",
    "open_first",
    "open_many",
    "pause",
    "resume",
]


@joining
def meet(*, deadline_id: int, by: Actor, now: datetime) -> Deadline:
    """Done. Late or not: a miss stays beside it. Meeting twice changes nothing."""
    deadline = locked(deadline_id)
    if deadline.met_at is not None:
        return deadline
    _require_unmet(deadline)
    _meet(deadline, by, now)
    return deadline


def meet_all(
    *, subject_type: str, subject_id: int, kinds: Collection[str] = (), by: Actor, now: datetime
) -> None:
    """Meets the subject's unmet deadlines of these kinds, of all kinds when none is named."""
    for deadline in _unmet(subject_type, subject_id, kinds):
        _meet(deadline, by, now)


@joining
def cancel(*, deadline_id: int, by: Actor, now: datetime) -> Deadline:
    """No longer owed. What was missed before stays missed. Cancelling twice changes nothing."""
    deadline = locked(deadline_id)
    if deadline.cancelled_at is not None:
        return deadline
    _require_unmet(deadline)
    _cancel(deadline, by, now)
    return deadline


def cancel_all(
    *, subject_type: str, subject_id: int, kinds: Collection[str] = (), by: Actor, now: datetime
) -> None:
    """Cancels the subject's unmet deadlines of these kinds, of all kinds when none is named."""
    for deadline in _unmet(subject_type, subject_id, kinds):
        _cancel(deadline, by, now)


@joining
def pause(
    *,
    deadline_id: int,
    expected_end: Start,
    reason: str,
    by: Actor,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    route: str = "",
) -> Deadline:
    """Stops the clock while a lawful route runs, up to its expected end; then it runs again by itself.

    With `until` the pause lies in the past and its time is given back, also while another pause runs: the days of
    both rest once. Of a miss it takes nothing away.
    """
    deadline = _adjustable(deadline_id, by=by, now=now)
    since, end = since or now, moment_of(expected_end)
    if end <= since or since > now:
        raise InvalidInput({"until": [_("中止的结束时间须晚于开始时间。")]})
    if until is None:
        _begin_pause(deadline, end, now)
    row = DeadlineAdjustment(
        kind=AdjustmentKind.PAUSE, since=since, expected_end=end, until=until, route=route, reason=reason
    )
    return _adjust(deadline, row, by=by, now=now)


@joining
def resume(*, deadline_id: int, by: Actor, now: datetime) -> Deadline:
    """Ends the running pause now and computes anew. Raises WrongState when none runs."""
    deadline = locked(deadline_id)
    _require_unmet(deadline)
    if not deadline.paused:
        raise WrongState(_("计时没有中止，无需恢复。"))
    flag_if_late(deadline, by=by, now=now)
    _end_pause(deadline, now)
    deadline.save(update_fields=[*COMPUTED, "paused"])
    return deadline


@joining
def extend(
    *, deadline_id: int, limit: int, reason: str, by: Actor, now: datetime, unit: str = "day"
) -> Deadline:
    """Adds to the period. After a miss this opens a new due date; the miss stays."""
    deadline = _adjustable(deadline_id, by=by, now=now)
    row = DeadlineAdjustment(kind=AdjustmentKind.EXTENSION, limit=limit, unit=unit, reason=reason)
    return _adjust(deadline, row, by=by, now=now)


@joining
def bound(*, deadline_id: int, latest_at: datetime | None) -> Deadline:
    """Moves the moment by which it must end whatever is added or rests, and counts anew. A miss stays."""
    deadline = locked(deadline_id)
    _require_unmet(deadline)
    deadline.latest_at = latest_at
    compute(deadline, deadline.adjustments.all(), workdays.known())
    deadline.save(update_fields=[*COMPUTED, "latest_at"])
    return deadline


def _adjust(deadline: Deadline, row: DeadlineAdjustment, *, by: Actor, now: datetime) -> Deadline:
    row.deadline, row.decided_at, row.decided_by = deadline, now, by.label[:200]
    row.due_before = deadline.due_at
    compute(deadline, [*deadline.adjustments.all(), row], workdays.known())
    row.due_after = deadline.due_at
    row.save()
    if deadline.soon_at > now:
        deadline.reminded_at = None  # the new due date gets its own reminder
    deadline.save(update_fields=[*COMPUTED, "paused", "reminded_at"])
    return deadline


def _adjustable(deadline_id: int, *, by: Actor, now: datetime) -> Deadline:
    deadline = locked(deadline_id)
    _require_unmet(deadline)
    flag_if_late(deadline, by=by, now=now)
    return deadline


def _meet(deadline: Deadline, by: Actor, now: datetime) -> None:
    flag_if_late(deadline, by=by, now=now)
    _end_pause(deadline, now)
    deadline.met_at = now
    deadline.save(update_fields=[*COMPUTED, "met_at", "paused"])


def _cancel(deadline: Deadline, by: Actor, now: datetime) -> None:
    flag_if_late(deadline, by=by, now=now)
    _end_pause(deadline, now)
    deadline.cancelled_at = now
    deadline.save(update_fields=[*COMPUTED, "cancelled_at", "paused"])


def _unmet(subject_type: str, subject_id: int, kinds: Collection[str]) -> list[Deadline]:
    """Under their locks, ascending by id."""
    if kinds:
        return _unmet_of_kinds(subject_type, subject_id, list(map(str, kinds)))
    return _unmet_of_all_kinds(subject_type, subject_id)


@written_once
def _unmet_of_all_kinds(subject_type: Any, subject_id: Any) -> QuerySet[Deadline]:
    rows = Deadline.objects.of(subject_type, subject_id).unmet().order_by("pk")
    return rows.select_for_update()


@written_once
def _unmet_of_kinds(subject_type: Any, subject_id: Any, kinds: Any) -> QuerySet[Deadline]:
    rows = Deadline.objects.of(subject_type, subject_id).unmet().filter(OneOf("kind", kinds)).order_by("pk")
    return rows.select_for_update()


def locked(deadline_id: int) -> Deadline:
    """The row under its lock. Raises NotFound."""
    deadline = Deadline.objects.select_for_update().filter(pk=deadline_id).first()
    if deadline is None:
        raise NotFound(_("没有找到这个期限。"))
    return deadline


def _require_unmet(deadline: Deadline) -> None:
    if not deadline.is_unmet:
        raise WrongState(_("这个期限已办结或已取消。"))


def _begin_pause(deadline: Deadline, end: datetime, now: datetime) -> None:
    if deadline.adjustments.filter(kind=AdjustmentKind.PAUSE, until=None, expected_end__gt=now).exists():
        raise WrongState(_("计时已经中止。"))
    _end_pause(deadline, now)  # one whose expected end has come, before a sweep came by
    deadline.paused = end > now


def _end_pause(deadline: Deadline, now: datetime) -> None:
    """Ends the running pause, if there is one, at the latest when it was expected to end, and counts anew."""
    if deadline.paused:
        running = deadline.adjustments.filter(kind=AdjustmentKind.PAUSE, until=None)
        # never before it began: a clock that was ahead then may have been put right since
        running.update(until=Greatest("since", Least("expected_end", now)))
        deadline.paused = False
        compute(deadline, deadline.adjustments.all(), workdays.known())
