"""Levels read in imported texts: they stand in one list until the coordinator decides; only then somebody is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from core.actor import Actor
from core.transactions import retried
from disputes import public
from disputes.models import Dispute
from early_warning import rights
from early_warning.errors import InvalidInput, NotPermitted, WrongState
from early_warning.models import ImportedLevel, Reading
from early_warning.rules.levels import NONE
from early_warning.services import warnings

DROPPED = "imported_level_dropped"


def propose(readings: Sequence[Reading]) -> None:
    """Those of a level, in one statement. Called inside the registration."""
    ImportedLevel.objects.bulk_create(
        ImportedLevel(dispute=one.dispute, reading=one, level=one.level, proposed_at=one.read_at)
        for one in readings
        if one.level
    )


def decide(
    *, ids: Sequence[int], level_to: int | None, reason: str, by: Actor, now: datetime
) -> tuple[int, int]:
    """Confirms as it was read (None), at another level, or decides that there is no warning (0), both with a reason.

    Each in its own transaction. Answers how many were decided and how many somebody had decided before.
    Raises InvalidInput (`reason`, `level_to`), NotFound, NotPermitted.
    """
    if level_to is not None and not reason.strip():
        raise InvalidInput({"reason": [_("请写明理由。")]})
    if level_to not in (None, NONE, 1, 2, 3):
        raise InvalidInput({"level_to": [_("请选择预警级别。")]})
    decided = passed = 0
    for pk in ids:
        try:
            decide_one(pk, level_to, reason.strip(), by, now)
            decided += 1
        except WrongState:
            passed += 1
    return decided, passed


@retried
def decide_one(pk: int, level_to: int | None, reason: str, by: Actor, now: datetime) -> None:
    """Locks the dispute, then the row. Raises NotFound, NotPermitted, WrongState."""
    dispute = public.lock_told(by, imported_levels=pk)
    if not rights.coordinates(by, dispute):
        raise NotPermitted(_("导入时读出的预警由管理本件的综治中心核定，您当前的岗位不能核定。"))
    row = ImportedLevel.objects.select_related("reading__policy").select_for_update(of=("self",)).get(pk=pk)
    if row.decided_at is not None or not dispute.is_open:
        raise WrongState(_("这项预警已经核定，请刷新页面。"))
    level = row.level if level_to is None else level_to
    row.level_to, row.reason, row.decided_at, row.decided_by = level, reason, now, by.acting
    row.save()
    if level == NONE:
        with public.working_on(dispute, by=by, now=now) as work:
            work.record(DROPPED, data={"from": row.level}, texts={"reason": reason})
    else:
        warnings.propose(dispute, level=level, reading=row.reading, by=by, now=now, reason=reason)


def settle(*, dispute_id: int, level: int, by: Actor, now: datetime) -> None:
    """For subscribers: a warning was opened otherwise, so nothing is left to decide. Inside its transaction."""
    rows = ImportedLevel.objects.filter(dispute=dispute_id, decided_at=None)
    rows.update(level_to=level, decided_at=now, decided_by=by.acting)


def carry_over(merged: Dispute, target: Dispute) -> None:
    """What is not decided goes on with the case it was merged into. Needs both disputes' locks."""
    ImportedLevel.objects.filter(dispute=merged, decided_at=None).update(dispute=target)
