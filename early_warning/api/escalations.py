"""Escalations and warnings as the API shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.selectors import known
from core.actor import Actor
from disputes.api.representation import iso
from disputes.disclosure import disclosures
from disputes.extensions import Sights
from disputes.models import Dispute
from early_warning.choices import WarningState
from early_warning.models import DisputeWarning, Escalation, Reading
from early_warning.models.warning import OPEN
from early_warning.selectors.level_states import LevelState, of_warning, usernames, without_warning

WITH = ("warning", "dispute", "town", "organization", "holder__user")


def rows_for(by: Actor, number: str = "") -> Any:
    """Addressed to the actor; with a number every row of that dispute, for those who see its level."""
    rows = Escalation.objects.select_related(*WITH).defer("account", "check_note", "dispute__search")
    if not number:
        return rows.filter(addressee=by.user_id)
    disputes = Dispute.objects.visible_to(by).filter(number=number)
    seen = [
        pk for pk, shown in disclosures(by, disputes).items() if shown.level and shown.trail_until is None
    ]
    return rows.filter(dispute__in=seen)


def represented(row: Escalation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "dispute": row.dispute.number,
        "town": row.town.code if row.town else None,
        "level": row.level,
        "step": row.step,
        "basis": row.basis,
        "organization": row.organization.code if row.organization else None,
        "role": row.role,
        "holder": row.holder.user.username if row.holder else None,
        "confirmed": row.warning.state != WarningState.UNCONFIRMED,
        "notified_at": iso(row.notified_at),
        "acknowledged_at": iso(row.acknowledged_at),
        "due_at": iso(row.due_at) if row.is_open and row.rests_since is None else None,
        "outcome": row.outcome or None,
    }


def warning_parts(disputes: Sequence[Dispute], _by: Actor, _shown: Sights) -> dict[int, Any]:
    """`warning` of the disputes' API: level, whether it is only proposed or confirmed, by whom and when, what spoke
    for it. Three queries at most, whatever their number."""
    ids = [dispute.pk for dispute in disputes]
    warned = [dispute.pk for dispute in disputes if dispute.warning_level]
    open_rows = DisputeWarning.objects.filter(OPEN, dispute__in=warned)
    joined = list(open_rows.select_related("reading")) if warned else []
    known.with_known(joined, confirmed_by=known.appointments)
    warnings = {row.dispute_id: row for row in joined}
    states = {pk: of_warning(row) for pk, row in warnings.items()}
    states |= without_warning([pk for pk in ids if pk not in warnings])
    names = usernames(list(states.values()))
    return {
        dispute.pk: _warning(dispute, warnings.get(dispute.pk), states[dispute.pk], names)
        for dispute in disputes
    }


def _warning(
    dispute: Dispute, warning: DisputeWarning | None, state: LevelState, names: dict[int, str]
) -> dict[str, Any]:
    """`proposed` says that a level of 1 to 3 is the system's alone; `confirmed` holds for level 0 as well."""
    return {
        "level": state.level,
        "proposed": bool(state.level) and not state.confirmed,
        "confirmed": state.confirmed,
        "confirmed_by": names.get(state.user_id or 0),
        "confirmed_at": iso(state.confirmed_at),
        "evidence": evidence_of(warning.reading, dispute) if warning else [],
    }


def evidence_of(reading: Reading | None, dispute: Dispute) -> list[dict[str, Any]]:
    """Spans of the narrative, or of the title where `field` says so, with their words.

    Lists, which do not load narratives, go without.
    """
    if (
        reading is None
        or reading.of not in ("narrative", "import")
        or "narrative" in dispute.get_deferred_fields()
    ):
        return []
    spans = [(span, "title" if span.get("title") else "narrative") for span in reading.evidence]
    return [
        {
            "indicator": span["indicator"],
            "field": field,
            "text": getattr(dispute, field)[span["start"] : span["end"]],
            "start": span["start"],
            "end": span["end"],
        }
        for span, field in spans
        if 0 <= span["start"] < span["end"] <= len(getattr(dispute, field))
    ]
