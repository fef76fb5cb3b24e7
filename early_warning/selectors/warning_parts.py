"""What early warning adds to lower pages about levels: a part of the dispute's page, a note in the ledger's cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.selectors import known
from core.actor import Actor
from core.written_once import OneOf, written_once
from disputes.choices import Status
from disputes.extensions import Sights
from disputes.models import Dispute
from early_warning import rights
from early_warning.choices import WarningState
from early_warning.models import DisputeWarning, Escalation
from early_warning.selectors.level_states import (
    LevelState,
    of_warning,
    open_warnings,
    states_of,
    without_warning,
)
from early_warning.wording_screens import level_label


@dataclass(frozen=True)
class WarningPart:
    """Level, whose word it is, who is asked and until when; without a warning also the way to propose one."""

    dispute: Dispute
    warning: DisputeWarning | None
    state: LevelState
    asked: list[Escalation] = field(default_factory=list)
    may_propose: bool = False
    template: str = "early_warning/dispute_part.html"

    @property
    def level_label(self) -> str:
        return level_label(self.warning.level) if self.warning else ""

    @property
    def asks(self) -> bool:
        """Nothing was found and nobody has said so; while a case waits to be accepted its form asks that."""
        return not (self.state.confirmed or self.state.proposed) and self.dispute.status != Status.REGISTERED

    @property
    def due_at(self) -> datetime | None:
        return min((row.due_at for row in self.asked if row.due_at and not row.rests_since), default=None)


def page_parts(disputes: Sequence[Dispute], by: Actor, shown: Sights) -> dict[int, Any]:
    """For the `page` slot. A unit that is a party, or gave the case back, sees nothing of it."""
    seen = [row for row in disputes if shown[row.pk].level and shown[row.pk].trail_until is None]
    warnings = open_warnings([row.pk for row in seen])
    asked = _asked(list(warnings.values()))
    states = without_warning([row.pk for row in seen if row.pk not in warnings])
    parts: dict[int, Any] = {}
    for dispute in seen:
        warning = warnings.get(dispute.pk)
        if warning is not None:
            state, rows = of_warning(warning), asked.get(warning.pk, [])
            parts[dispute.pk] = WarningPart(dispute, warning, state, rows)
        elif dispute.is_open or states[dispute.pk].confirmed:
            may_propose = dispute.is_open and rights.may_grade(by, dispute)
            parts[dispute.pk] = WarningPart(dispute, None, states[dispute.pk], may_propose=may_propose)
    return parts


def row_parts(disputes: Sequence[Dispute], _by: Actor, shown: Sights) -> dict[int, Any]:
    """For the `row` slot: the state of the warning in words; the ledger decides whether its level is shown."""
    marked = [row for row in disputes if row.warning_level and shown[row.pk].trail_until is None]
    states = states_of([row.pk for row in marked])
    return {pk: str(WarningState(state).label) for pk, state in states.items()}


@written_once
def _open_of(warnings: Any) -> QuerySet[Escalation]:
    rows = Escalation.objects.filter(OneOf("warning", warnings), ended_at=None)
    return rows.order_by("due_at").select_related("addressee")


def _asked(warnings: Sequence[DisputeWarning]) -> dict[int, list[Escalation]]:
    found: dict[int, list[Escalation]] = {}
    if warnings:
        rows = _open_of([row.pk for row in warnings])
        known.with_known(rows, post=known.posts, town=known.places)
        for row in rows:
            found.setdefault(row.warning_id, []).append(row)
    return found
