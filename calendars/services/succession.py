"""A clock that follows another: what was met proves not done, and runs on; or less time is left than was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from calendars.choices import AdjustmentKind
from calendars.errors import WrongState
from calendars.models import Deadline, DeadlineAdjustment
from calendars.services import workdays
from calendars.services.computing import compute
from calendars.services.deadlines import cancel, locked
from calendars.services.opening import Opening, built
from core.actor import Actor
from core.transactions import joining


@dataclass(frozen=True)
class Rest:
    """From when to when a clock rested, and where the matter lay: a code of calendars.presenters.ROUTES."""

    since: datetime
    until: datetime
    route: str


@joining
def open_again(
    *,
    deadline_id: int,
    by: Actor,
    now: datetime,
    rests: Sequence[Rest] = (),
    latest_at: datetime | None = None,
) -> Deadline:
    """What was met turns out not to be done: its terms run on from the same start, with every pause and extension.

    A new row, because what was met stays so; a miss goes with it. `rests` are times it lay with somebody else, given
    back; `latest_at` bounds what runs on. Locks the row. Raises NotFound, WrongState for a clock that was not met.
    """
    before = locked(deadline_id)
    if before.met_at is None:
        raise WrongState(_("这个期限没有办结，不能重新计时。"))
    rows = list(before.adjustments.all())
    again = _copy_of(before, now)
    again.latest_at = latest_at
    compute(again, rows, workdays.known())
    for rest in rests:
        rows.append(_rested(again, rest, by, now))
        compute(again, rows, workdays.known())
        rows[-1].due_after = again.due_at
    again.save(force_insert=True)
    for row in rows:
        row.pk, row.deadline = None, again
    DeadlineAdjustment.objects.bulk_create(rows)
    return again


@joining
def shorten(*, deadline_id: int, opening: Opening, by: Actor, now: datetime) -> Deadline | None:
    """Less time than was given: the running clock is cancelled, `opening` takes its place, a miss goes with it.

    None, and nothing changes, where the running clock ends sooner anyway: nothing is ever lengthened here. Locks the
    row. Raises NotFound, WrongState for one that no longer runs.
    """
    before = locked(deadline_id)
    (shorter,) = built([opening], now=now)
    if (shorter.due_at, opening.due_at is None) > (before.due_at, False):
        return None
    cancel(deadline_id=before.pk, by=by, now=now)
    shorter.missed_at, shorter.missed_due_at = before.missed_at, before.missed_due_at
    shorter.save(force_insert=True)
    return shorter


def _copy_of(before: Deadline, now: datetime) -> Deadline:
    kept = (
        *("subject_type", "subject_id", "kind", "rule", "starts_at", "fixed_due_at"),
        *("missed_at", "missed_due_at"),
    )
    return Deadline(opened_at=now, **{name: getattr(before, name) for name in kept})


def _rested(deadline: Deadline, rest: Rest, by: Actor, now: datetime) -> DeadlineAdjustment:
    return DeadlineAdjustment(
        kind=AdjustmentKind.PAUSE,
        since=rest.since,
        expected_end=rest.until,
        until=rest.until,
        route=rest.route,
        decided_at=now,
        decided_by=by.label[:200],
        due_before=deadline.due_at,
    )
