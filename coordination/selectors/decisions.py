"""What meetings decided about a dispute, for the apps below: a part of its page, and whom it still waits for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.keys import person_key, unit_key
from coordination.models import CoordinationDecision
from core.actor import Actor
from disputes.extensions import Sights
from disputes.models import Dispute


@dataclass(frozen=True)
class DecisionsPart:
    decisions: list[CoordinationDecision]
    template: str = "coordination/decisions_part.html"


def page_parts(disputes: Sequence[Dispute], _by: Actor, shown: Sights) -> dict[int, Any]:
    """For the `beneath` slot: part of the plans, and after a return no longer the unit's."""
    told = [row.pk for row in disputes if shown[row.pk].level and shown[row.pk].trail_until is None]
    made: dict[int, list[CoordinationDecision]] = defaultdict(list)
    rows = CoordinationDecision.objects.filter(dispute__in=told)
    for row in rows.prefetch_related("unit", "person__user", "meeting"):
        made[row.dispute_id].append(row)
    return {pk: DecisionsPart(decided) for pk, decided in made.items()}


def decided_about(dispute: Dispute) -> QuerySet[Any, Any]:
    """The rows without which it has no such part; mostly there are none."""
    return CoordinationDecision.objects.filter(dispute=dispute)


def awaited(dispute: Dispute) -> set[int]:
    """The keys of the units and people who have not done yet what a meeting asked of them."""
    still = decided_about(dispute).filter(done_at=None).values_list("unit_id", "person__user_id")
    return {key for unit, user in still for key in (unit_key(unit), person_key(user))}
