"""How a dispute looks in the API: field and state names of the architecture, personal data masked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import Appointment
from calendars.models import Deadline
from calendars.presenters import explanation
from core.actor import Actor
from core.clock import SHANGHAI, now
from core.written_once import written_once
from disputes import extensions, rights
from disputes.choices import SUBJECT
from disputes.disclosure import Disclosure, disclosures
from disputes.models import Dispute
from disputes.selectors.as_of import as_seen, helpers_then
from disputes.selectors.detail import helpers_of, instruction_of
from disputes.selectors.lawful_mediation import api_of as api_of_mediation
from disputes.selectors.mended import parties_as_seen
from disputes.selectors.merged import MergedPart, marks_of, merged_parts
from disputes.selectors.not_resolved import api_of as api_of_not_resolved
from disputes.selectors.origins import api_of, origin_of
from disputes.selectors.restriction import api_of as question_api


def iso(moment: datetime | None) -> str | None:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds") if moment else None


def brief(disputes: Sequence[Dispute], by: Actor) -> list[dict[str, Any]]:
    """Rows of a list: what the ledger shows, few queries whatever their number."""
    shown = disclosures(by, disputes)
    extra = extensions.parts("api", disputes, by, shown)
    return [
        stub(row) if row.is_stub else _brief(row, shown[row.pk], extra) for row in as_seen(disputes, shown)
    ]


def stub(row: Dispute) -> dict[str, Any]:
    """A restricted dispute for who does not read its content: `row` is its stub."""
    return {
        "number": row.number,
        "restricted": True,
        "town": row.place_code,
        "category_group": row.category.group,
        "status": row.status,
        "lead_unit": row.lead_unit.code if row.lead_unit else None,
        "due_at": iso(row.next_due_at),
    }


def full(dispute: Dispute, by: Actor) -> dict[str, Any]:
    """One dispute as `GET` shows it."""
    shown = disclosures(by, [dispute])
    extra = extensions.parts("api", [dispute], by, shown)
    (seen,) = as_seen([dispute], shown)
    past = shown[dispute.pk].trail_until is not None
    helpers = helpers_then(dispute, shown[dispute.pk]) if past else helpers_of(dispute)
    return _brief(seen, shown[dispute.pk], extra) | {
        "narrative": seen.narrative,
        "origin": api_of(origin_of(seen), shown[dispute.pk]),
        "jurisdiction": {
            "towns": seen.involved_towns,
            "sectors": seen.involved_sectors,
            "unit": seen.unit.code if seen.unit else seen.unit_name or None,
            "unit_relation": seen.unit_relation or None,
            "unit_consent": seen.unit_consent,
        },
        "parties": [_party(party) for party in parties_as_seen(dispute, shown[dispute.pk])],
        "co_units": [unit.code for unit in helpers],
        "instruction": None if past else instruction_of(dispute) or None,
        "result": seen.result_summary or None,
        "merged_into": seen.survivor.number if seen.survivor else None,
        "merged": [_merged(part, shown[dispute.pk]) for part in merged_parts(dispute, shown[dispute.pk])],
        "deadline": None if past else deadline(dispute),
        "lawful_mediation": None if past else api_of_mediation(dispute),
        "not_resolved": api_of_not_resolved(seen, shown[dispute.pk]),
        "steps": [] if past else _steps(dispute, by, shown[dispute.pk]),
        **(_inner(seen, shown[dispute.pk]) if shown[dispute.pk].level else {}),
    }


def registered(dispute: Dispute, by: Actor) -> dict[str, Any]:
    """What registering answers: the same words as `full`, of what has come into being just now."""
    shown = disclosures(by, [dispute])
    extra = extensions.parts("api", [dispute], by, shown)
    past = shown[dispute.pk].trail_until is not None
    return {
        "number": dispute.number,
        "status": dispute.status,
        "warning": _warning(dispute, shown[dispute.pk], extra),
        "responsibility": extra.get("responsibility", {}).get(dispute.pk),
        "deadline": None if past else deadline(dispute),
        "version": dispute.version,
    }


def _steps(dispute: Dispute, by: Actor, shown: Disclosure) -> list[str]:
    return [step.id for step in rights.open_steps(by, dispute, now(), inner=shown.level)]


def _inner(dispute: Dispute, shown: Disclosure) -> dict[str, Any]:
    """What a unit that is a party does not read."""
    marks = marks_of(dispute, shown)
    return {
        "accused_units": [mark.organization.code for mark in marks if mark.organization],
        "accused_people": [mark.user.username for mark in marks if mark.user],
        "danger_told": dispute.danger_told or None,
        "danger_told_at": iso(dispute.danger_told_at),
        "restriction_question": None if shown.trail_until else question_api(dispute),
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
        "handed_down": _handed_down(dispute),
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
        "warning": _warning(dispute, shown, extra),
        "responsibility": extra.get("responsibility", {}).get(dispute.pk),
        "version": dispute.version,
    }


def _handed_down(dispute: Dispute) -> dict[str, Any] | None:
    """Which county centre handed it down, approves its result, and by when it wants it done."""
    if dispute.handed_down_by is None:
        return None
    return {"by": dispute.handed_down_by.code, "due_at": iso(dispute.county_due_at)}


def _warning(dispute: Dispute, shown: Disclosure, extra: dict[str, dict[int, Any]]) -> Any:
    """Nothing for a unit that is a party; the level of then for who gave the case back."""
    if not shown.level:
        return None
    if shown.trail_until is not None:
        return {"level": dispute.warning_level}
    return extra.get("warning", {}).get(dispute.pk)


def deadline(dispute: Dispute) -> dict[str, Any] | None:
    """The clock that is due next, with its reasons in words."""
    for kind, due_at, why in _due_next(dispute.pk):
        return {"kind": kind, "due_at": iso(due_at), "explanation": explanation(why)}
    return None


@written_once
def _due_next(dispute: Any) -> QuerySet[Deadline, Any]:
    rows = Deadline.objects.of(SUBJECT, dispute).unmet().order_by("due_at")
    return rows.values_list("kind", "due_at", "explanation")[:1]


def yuan(fen: int | None) -> str | None:
    """Fen as a decimal string in yuan."""
    return None if fen is None else f"{fen // 100}.{fen % 100:02d}"


def _merged(part: MergedPart, shown: Disclosure) -> dict[str, Any]:
    """A dispute that goes on in this one, as it was registered."""
    row = part.dispute
    return {
        "number": row.number,
        "title": row.title,
        "narrative": row.narrative,
        "source": row.source,
        "origin": api_of(part.origin, shown),
        "place": row.place_code,
        "people_count": row.people_count,
        "registered_at": iso(row.registered_at),
        "received_by": row.received_by.code,
        "merged_into": row.merged_into.number if row.merged_into else None,
        "parties": [_party(party) for party in part.parties],
        "attachments": [{"name": file.name, "size": file.size} for file in part.attachments],
    }


def _username(person: Appointment | None) -> str | None:
    return person.user.username if person else None


def _party(party: Any) -> dict[str, Any]:
    return {
        "id": party.pk,
        "role": party.role,
        "kind": party.kind,
        "name": party.masked_name,
        "phone": party.masked_phone or None,
        "id_number": party.masked_id_number or None,
        "head_count": party.head_count,
        "organization": party.organization.code if party.organization else None,
    }
