"""How a dispute looks in the API: field and state names of the architecture, personal data masked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts.models import Appointment
from calendars.models import Deadline
from calendars.presenters import explanation
from core.actor import Actor
from core.clock import SHANGHAI
from disputes import extensions, policies
from disputes.disclosure import Disclosure, disclosures
from disputes.models import Dispute
from disputes.services.clocks import SUBJECT


def iso(moment: datetime | None) -> str | None:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds") if moment else None


def brief(disputes: Sequence[Dispute], by: Actor) -> list[dict[str, Any]]:
    """Rows of a list: what the ledger shows, few queries whatever their number."""
    shown = disclosures(by, disputes)
    extra = extensions.parts("api", disputes, by, shown)
    return [_brief(dispute, shown[dispute.pk], extra) for dispute in disputes]


def full(dispute: Dispute, by: Actor) -> dict[str, Any]:
    """One dispute as `GET` shows it."""
    shown = disclosures(by, [dispute])
    extra = extensions.parts("api", [dispute], by, shown)
    current = dispute.assignments.filter(ended_at=None).prefetch_related("co_units").first()
    return _brief(dispute, shown[dispute.pk], extra) | {
        "narrative": dispute.narrative,
        "jurisdiction": {
            "towns": dispute.involved_towns,
            "sectors": dispute.involved_sectors,
            "unit": dispute.unit.code if dispute.unit else dispute.unit_name or None,
            "unit_relation": dispute.unit_relation or None,
        },
        "parties": [_party(party) for party in dispute.parties.select_related("organization")],
        "co_units": [unit.code for unit in current.co_units.all()] if current else [],
        "result": dispute.result_summary or None,
        "merged_into": dispute.merged_into.number if dispute.merged_into else None,
        "deadline": deadline(dispute),
        "steps": [step.id for step in policies.open_steps(by, dispute)],
        **(_inner(dispute) if shown[dispute.pk].level else {}),
    }


def _inner(dispute: Dispute) -> dict[str, Any]:
    """What a unit that is a party does not read."""
    marks = dispute.conflict_marks.select_related("organization", "user") if dispute.barred_keys else []
    return {
        "accused_units": [mark.organization.code for mark in marks if mark.organization],
        "accused_people": [mark.user.username for mark in marks if mark.user],
        "danger_told": dispute.danger_told or None,
        "danger_told_at": iso(dispute.danger_told_at),
    }


def _brief(dispute: Dispute, shown: Disclosure, extra: dict[str, dict[int, Any]]) -> dict[str, Any]:
    return {
        "number": dispute.number,
        "title": dispute.title,
        "category": dispute.category.code,
        "source": dispute.source,
        "place": dispute.place_code,
        "place_name": dispute.place_name,
        "occurred_on": dispute.occurred_on.isoformat() if dispute.occurred_on else None,
        "people_count": dispute.people_count,
        "amount": yuan(dispute.amount_fen),
        "confidentiality": dispute.confidentiality,
        "danger": dispute.danger,
        "status": dispute.status,
        "suspended": dispute.suspended,
        "pending": dispute.pending or None,
        "outcome": dispute.reported_outcome or None,
        "received_by": dispute.received_by.code,
        "managed_by": dispute.managing_org.code,
        "lead_unit": dispute.lead_unit.code if dispute.lead_unit else None,
        "responsible_person": _username(dispute.responsible_person),
        "responsible_leader": dispute.responsible_leader.code if dispute.responsible_leader else None,
        "waiting": {"organization": dispute.waiting_org.code, "role": dispute.waiting_role}
        if dispute.waiting_org
        else None,
        "registered_at": iso(dispute.registered_at),
        "resolve_by": iso(dispute.resolve_by),
        "next_due_at": iso(dispute.next_due_at),
        "settled_at": iso(dispute.settled_at),
        "closed_at": iso(dispute.closed_at),
        "warning": extra.get("warning", {}).get(dispute.pk) if shown.level else None,
        "responsibility": extra.get("responsibility", {}).get(dispute.pk),
        "version": dispute.version,
    }


def deadline(dispute: Dispute) -> dict[str, Any] | None:
    """The clock that is due next, with its reasons in words."""
    row = Deadline.objects.of(SUBJECT, dispute.pk).unmet().order_by("due_at").first()
    if row is None:
        return None
    return {"kind": row.kind, "due_at": iso(row.due_at), "explanation": explanation(row.explanation)}


def yuan(fen: int | None) -> str | None:
    """Fen as a decimal string in yuan."""
    return None if fen is None else f"{fen // 100}.{fen % 100:02d}"


def _username(person: Appointment | None) -> str | None:
    return person.user.username if person else None


def _party(party: Any) -> dict[str, Any]:
    return {
        "role": party.role,
        "kind": party.kind,
        "name": party.masked_name,
        "phone": party.masked_phone or None,
        "id_number": party.masked_id_number or None,
        "head_count": party.head_count,
        "organization": party.organization.code if party.organization else None,
    }
