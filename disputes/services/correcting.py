"""更正: what was taken down wrongly is put right, by the rules of intake; the trail keeps both values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.search import tsvector_text
from disputes.choices import Confidentiality
from disputes.errors import InvalidInput
from disputes.models import Dispute
from disputes.rules import corrections, intake, money
from disputes.rules.corrections import Changes
from disputes.rules.intake import IntakeFacts
from disputes.rules.step_inputs import Correct
from disputes.services import (
    access,
    alarm,
    duplicates,
    lawful_mediation,
    party_rows,
    restriction_questions,
    unit_consent,
)
from disputes.services.intake_checks import Checker, Named
from disputes.services.origin_correcting import Sender
from disputes.services.step_runner import Move, StepRun
from disputes.wording_faults import FAULTS

COLUMN_OF = {  # those that hold what the trail says of them
    **{name: name for name in ("title", "narrative", "place_name", "people_count", "amount_fen")},
    **{"unit_name": "unit_name"},
    **{"unit_relation": "unit_relation", "unit_consent": "unit_consent"},
    **{"towns": "involved_towns", "sectors": "involved_sectors"},
}
PLACED = ("place", "place_name", "towns")


def correct(run: StepRun, given: Correct) -> Move:
    """更正: the stated facts in place of the old. A category that is restricted by its nature restricts.

    Raises InvalidInput at `fields.NAME`, of a jurisdiction at `fields.jurisdiction.NAME`, of who sent it at
    `fields.origin.NAME`.
    """
    dispute = run.dispute
    before = facts_of(dispute)
    after = intake.cleaned(corrections.corrected(before, given.fields, _fen(given.fields)))
    sender = Sender.corrected(dispute, given.fields)
    named = _checked(run, before, after, given.fields, sender)
    changes = corrections.changes_between(
        _columns(dispute) | sender.columns,
        _corrected_columns(dispute, after, named, given.fields) | sender.corrected_columns,
    )
    if not changes:
        raise InvalidInput({"fields": [_("没有改动任何内容。")]})
    _write(dispute, changes, named)
    sender.write(run, changes)
    if changes.touches(*PLACED):
        access.follow_place(dispute, now=run.now)
    if changes.touches("title", "narrative"):
        duplicates.tell_county_of_twins(facts=after, dispute=dispute, by=run.by, now=run.now)
        restriction_questions.ask_anew(dispute, run.now)
    limit: dict[str, Any] = {}
    if changes.touches("category"):
        limit = lawful_mediation.on_new_category(
            dispute, changes.values["category"][0], by=run.by, now=run.now
        )
    if changes.touches("unit", "unit_consent") and (unit := unit_consent.held_by_untold(dispute)):
        raise InvalidInput({"fields.jurisdiction.unit_consent": [unit_consent.still_in_hand(unit)]})
    sight = changes.touches(*PLACED, "restricted", "unit", "unit_consent")
    if sight and dispute.is_restricted:
        alarm.follow(dispute, now=run.now)
    return Move(
        data=changes.data | limit, texts=changes.texts | {"reason": given.reason}, access_changed=sight
    )


def facts_of(dispute: Dispute) -> IntakeFacts:
    """What was stated of the matter, as it stands; without danger and accused, which have steps of their own, and
    without who sent it (`origin_correcting`) and whether the unit may be told, which depends on the unit."""
    return IntakeFacts(
        title=dispute.title,
        narrative=dispute.narrative,
        category=dispute.category.code,
        source=dispute.source,
        place=dispute.place_code,
        people_count=dispute.people_count,
        occurred_on=dispute.occurred_on,
        amount_fen=dispute.amount_fen,
        parties=party_rows.all_facts(dispute.parties.select_related("organization")),
        towns=tuple(dispute.involved_towns),
        sectors=tuple(dispute.involved_sectors),
        unit=dispute.unit.code if dispute.unit else dispute.unit_name,
        unit_relation=dispute.unit_relation,
    )


def _fen(fields: Mapping[str, Any]) -> int | None:
    amount = fields.get("amount")
    if amount is None:
        return None
    fen = money.fen_of(amount)
    if fen is None:
        raise InvalidInput({"fields.amount": [_("金额最多写到分。")]})
    return fen


def _checked(
    run: StepRun, before: IntakeFacts, after: IntakeFacts, fields: Mapping[str, Any], sender: Sender
) -> Named:
    """Raises InvalidInput with every message at its field."""
    touched = corrections.stated_names(fields)
    checker = Checker(after, run.by, run.now)
    faults = corrections.new_faults(
        intake.faults(before, checker.today), intake.faults(after, checker.today), touched
    )
    checker.errors = {name: [FAULTS[fault] for fault in found] for name, found in faults.items()}
    checker.errors |= sender.messages(checker.today)
    named = checker.named(touched)
    if named.place is not None:
        _require_same_book(run.dispute, named, checker)
    if checker.errors:
        raise InvalidInput({_at(name): messages for name, messages in checker.errors.items()})
    return named


def _at(name: str) -> str:
    return f"fields.jurisdiction.{name}" if name in corrections.JURISDICTION else f"fields.{name}"


def _require_same_book(dispute: Dispute, named: Named, checker: Checker) -> None:
    """The number belongs to a town's book and cannot move: such a registration is void, and made anew there."""
    assert named.place is not None
    town_before = dispute.town.code if dispute.town else ""
    if corrections.still_in_book(named.place.code, dispute.received_by.place.code, town_before):
        return
    said = {"place": named.place.name, "centre": dispute.received_by}
    checker.need(
        False,
        "place",
        _(
            "%(place)s不在%(centre)s的登记簿范围内，编号不能跟着改。请作废重登：撤回本件，理由写明登记有误，"
            "再到当地重新登记。"
        )
        % said,
    )


def _columns(dispute: Dispute) -> dict[str, Any]:
    """What can be corrected, as the trail names it: codes, numbers, days and words."""
    return {
        "title": dispute.title,
        "narrative": dispute.narrative,
        "category": dispute.category.code,
        "place": dispute.place_code,
        "place_name": dispute.place_name,
        "people_count": dispute.people_count,
        "occurred_on": _iso(dispute.occurred_on),
        "amount_fen": dispute.amount_fen,
        "towns": list(dispute.involved_towns),
        "sectors": list(dispute.involved_sectors),
        "unit": dispute.unit.code if dispute.unit else None,
        "unit_name": dispute.unit_name,
        "unit_relation": dispute.unit_relation,
        "unit_consent": dispute.unit_consent,
        "restricted": dispute.is_restricted,
    }


def _corrected_columns(
    dispute: Dispute, facts: IntakeFacts, named: Named, fields: Mapping[str, Any]
) -> dict[str, Any]:
    columns = _columns(dispute) | {
        "title": facts.title,
        "narrative": facts.narrative,
        "people_count": facts.people_count,
        "occurred_on": _iso(facts.occurred_on),
        "amount_fen": facts.amount_fen,
    }
    if named.category is not None:
        columns["category"] = named.category.code
        columns["restricted"] = dispute.is_restricted or named.category.restricted_by_default
    if named.place is not None:
        columns |= {"place": named.place.code, "place_name": named.place_name}
        columns["towns"] = corrections.towns_with(columns["towns"], dispute.place_code, named.place.code)
    columns |= _jurisdiction(facts, named, fields.get("jurisdiction"))
    return columns | {"unit_consent": _consent(dispute, columns, named, fields.get("jurisdiction") or {})}


def _consent(
    dispute: Dispute, columns: Mapping[str, Any], named: Named, stated: Mapping[str, Any]
) -> bool | None:
    """Whether the unit may be told, by what the correction says of it, of the unit and of the relation."""
    unit = named.unit if "unit" in stated else dispute.unit
    return unit_consent.after_correction(
        dispute, stated.get("unit_consent"), columns["unit_relation"], unit, columns["unit_name"]
    )


def _jurisdiction(facts: IntakeFacts, named: Named, stated: Mapping[str, Any] | None) -> dict[str, Any]:
    """Its stated parts; what was left out stays as it is."""
    if stated is None:
        return {}
    found: dict[str, dict[str, Any]] = {
        "towns": {"towns": [town.code for town in named.towns]},
        "sectors": {"sectors": [sector.code for sector in named.sectors]},
        "unit": {
            "unit": named.unit.code if named.unit else None,
            "unit_name": named.unit.name if named.unit else facts.unit,
        },
        "unit_relation": {"unit_relation": facts.unit_relation},
        "unit_consent": {},  # follows from the others too: _consent
    }
    return {column: value for name in stated for column, value in found[name].items()}


def _write(dispute: Dispute, changes: Changes, named: Named) -> None:
    """The changed columns, and what follows from them: the town, the search index, the circle of readers."""
    new = {name: after for name, (_before, after) in changes.values.items()}
    for name, column in COLUMN_OF.items():
        if name in new:
            setattr(dispute, column, new[name])
    dispute.category = named.category or dispute.category
    if "place" in new and named.place is not None:
        dispute.place, dispute.town, dispute.place_code = named.place, named.town, new["place"]
    if "unit" in new or "unit_name" in new:
        dispute.unit = named.unit
    if "occurred_on" in new:
        dispute.occurred_on = date.fromisoformat(new["occurred_on"]) if new["occurred_on"] else None
    if new.get("restricted"):
        dispute.confidentiality = Confidentiality.RESTRICTED
    if changes.touches("title", "narrative"):
        dispute.search = tsvector_text(f"{dispute.title}\n{dispute.narrative}")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
