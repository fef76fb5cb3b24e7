"""Parties after registration: one who was not known that day, and what was taken down of one wrongly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from disputes.errors import InvalidInput
from disputes.models import Party
from disputes.rules import corrections, intake
from disputes.rules.intake import IntakeFacts, PartyFacts
from disputes.rules.step_inputs import AddParty, CorrectParty
from disputes.services import duplicates, party_rows
from disputes.services.correcting import facts_of
from disputes.services.intake_checks import Checker
from disputes.services.step_runner import Move, StepRun
from disputes.wording_faults import FAULTS
from jurisdictions.models import Organization

PREFIX = "parties"


def add_party(run: StepRun, given: AddParty) -> Move:
    """增加当事人. Raises InvalidInput at `party.NAME`, at `party` for what is wrong with all of them together."""
    rows = _rows(run)
    before = facts_of(run.dispute)
    after = intake.cleaned(replace(before, parties=(*before.parties, PartyFacts(**given.party))))
    index = len(rows)
    unit = _checked(run, before, after, index, corrections.PARTY_FIELDS, "party")
    position = max((row.position for row in rows), default=-1) + 1
    facts = after.parties[index]
    row = party_rows.write(Party(dispute=run.dispute, position=position), facts, unit)
    row.save()
    data = {
        "party": row.pk,
        "role": row.role,
        "kind": row.kind,
        "head_count": row.head_count,
        "organization": unit.code if unit else None,
        "changed": _more_people(run, after),
    }
    _look_for_twins(run, after, facts)
    return Move(data=data, texts=_words(facts) | {"reason": given.reason})


def correct_party(run: StepRun, given: CorrectParty) -> Move:
    """更正当事人. Raises InvalidInput at `party` (not one of this dispute) or at `fields.NAME`."""
    rows = _rows(run)
    index = next((place for place, row in enumerate(rows) if row.pk == given.party), None)
    if index is None:
        raise InvalidInput({"party": [_("没有找到这位当事人，请从列表中选择。")]})
    row, before = rows[index], facts_of(run.dispute)
    stated = corrections.party_corrected(
        before.parties[index], _named_anew(before.parties[index], given.fields)
    )
    parties = (*before.parties[:index], stated, *before.parties[index + 1 :])
    after = intake.cleaned(replace(before, parties=parties))
    unit = _checked(run, before, after, index, tuple(given.fields), "fields")
    facts, kind = after.parties[index], row.kind
    old = _columns(party_rows.facts_of(row))
    party_rows.write(row, facts, unit)
    new = _columns(party_rows.facts_of(row))
    changes = corrections.changes_between(old, new, corrections.PARTY_WORDS)
    if not changes:
        raise InvalidInput({"fields": [_("没有改动任何内容。")]})
    row.save(update_fields=party_rows.COLUMNS)
    data = changes.data
    data["changed"] |= _more_people(run, after)
    _look_for_twins(run, after, facts)
    return Move(
        data={"party": row.pk, "kind_was": kind, "kind": row.kind} | data,
        texts=changes.texts | {"reason": given.reason},
    )


def _named_anew(party: PartyFacts, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Another name without another unit: the unit found by the old name goes with it."""
    by_name = "name" in fields and "organization" not in fields and bool(party.organization)
    return {**fields, "organization": ""} if by_name else fields


def _rows(run: StepRun) -> list[Party]:
    """In their order, that of `facts_of`."""
    return list(run.dispute.parties.select_related("organization"))


def _checked(
    run: StepRun, before: IntakeFacts, after: IntakeFacts, index: int, touched: Sequence[str], at: str
) -> Organization | None:
    """By the rules of intake, all parties together; the unit the party is, if any."""
    checker = Checker(after, run.by, run.now)
    row = f"{PREFIX}.{index}."
    found = corrections.new_faults(
        intake.faults(before, checker.today),
        intake.faults(after, checker.today),
        {f"{row}{name}" for name in touched},
    )
    checker.errors = {
        name: [FAULTS[fault] for fault in faults]
        for name, faults in found.items()
        if name == PREFIX or name.startswith(row)  # the number of people follows, see _more_people
    }
    unit = checker.party_named(index)
    if checker.errors:
        raise InvalidInput(
            {
                at if name == PREFIX else f"{at}.{name.removeprefix(row)}": messages
                for name, messages in checker.errors.items()
            }
        )
    return unit


def _more_people(run: StepRun, after: IntakeFacts) -> dict[str, list[int]]:
    """涉及人数 is never less than the persons among the parties: one more raises it, and the trail says so."""
    dispute = run.dispute
    count = max(dispute.people_count, intake.total_people(after.parties))
    if count == dispute.people_count:
        return {}
    changed = {"people_count": [dispute.people_count, count]}
    dispute.people_count = count
    return changed


def _look_for_twins(run: StepRun, after: IntakeFacts, facts: PartyFacts) -> None:
    """By this party and the text: the county hears of a likely twin in another town, as at registration."""
    twins = replace(after, parties=(facts,))
    duplicates.tell_county_of_twins(facts=twins, dispute=run.dispute, by=run.by, now=run.now)


def _columns(facts: PartyFacts) -> dict[str, Any]:
    columns = {name: getattr(facts, name) for name in corrections.PARTY_FIELDS}
    return columns | {"organization": facts.organization or None}


def _words(facts: PartyFacts) -> dict[str, str]:
    return {name: getattr(facts, name) for name in corrections.PARTY_WORDS}
