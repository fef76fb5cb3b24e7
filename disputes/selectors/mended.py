"""What corrections changed, for whom the case is shown as it was before them: columns, words and parties."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from accounts.selectors import known
from core.written_once import written_once
from disputes.choices import Confidentiality
from disputes.disclosure import Disclosure
from disputes.models import Dispute, DisputeCategory, EntryText, Origin, Party
from disputes.rules import as_of, corrections
from disputes.rules.as_of import Told
from disputes.rules.corrections import WAS
from disputes.rules.lifecycle import MENDING
from jurisdictions.models import Organization

PLAIN = ("place_name", "people_count", "amount_fen", "unit_relation", "unit_consent")
WORDS = ("title", "narrative", "unit_name")


@dataclass(frozen=True)
class Before:
    """The columns of a matter before later corrections: as the trail names them, words apart."""

    held: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    category: DisputeCategory | None = None
    unit: Organization | None = None
    origin: Origin | None = None  # as it stands, where it was corrected


def before_corrections(later: Mapping[int, Iterable[Told]]) -> dict[int, Before]:
    """Dispute → what it was before its later entries; four queries at most, none where nothing was corrected."""
    corrected = {
        pk: rows
        for pk, entries in later.items()
        if (rows := [told for told in entries if told.step in as_of.MATTER_STEPS])
    }
    if not corrected:
        return {}
    words, held = _words(corrected), {pk: as_of.taken_back(rows) for pk, rows in corrected.items()}
    categories = _by_code(DisputeCategory, (one.get("category") for one in held.values()))
    units = _by_code(Organization, (one.get("unit") for one in held.values()))
    origins = _origins(pk for pk, one in held.items() if _tells_of_origin({**one, **words[pk]}))
    return {
        pk: Before(
            one,
            words[pk],
            categories.get(one.get("category", "")),
            units.get(one.get("unit") or ""),
            origins.get(pk),
        )
        for pk, one in held.items()
    }


def _tells_of_origin(held: Mapping[str, Any]) -> bool:
    return any(name in held for name in corrections.origin_columns(None))


def _origins(disputes: Iterable[int]) -> dict[int, Origin]:
    asked = list(disputes)
    return {row.dispute_id: row for row in Origin.objects.filter(dispute__in=asked)} if asked else {}


def _by_code(model: type[Any], codes: Iterable[str | None]) -> dict[str, Any]:
    wanted = {code for code in codes if code}
    return {row.code: row for row in model.objects.filter(code__in=wanted)} if wanted else {}


def _words(corrected: Mapping[int, Iterable[Told]]) -> dict[int, dict[str, str]]:
    """The old words of the first correction of each; a text that was empty then has no row."""
    texts = EntryText.objects.filter(entry__dispute__in=corrected, entry__step="correct").select_related(
        "entry"
    )
    old = {(row.entry.dispute_id, row.entry.seq, row.name): row.text for row in texts}
    found: dict[int, dict[str, str]] = {pk: {} for pk in corrected}
    for pk, entries in corrected.items():
        for told in entries:
            for name in told.data.get("words", ()) if told.step == "correct" else ():
                found[pk].setdefault(name, old.get((pk, told.seq, f"{name}{WAS}"), ""))
    return found


def put_back(dispute: Dispute, was: Before) -> None:
    """Sets the columns on a copy that is only read."""
    held = was.held
    for name, value in _columns(was):
        setattr(dispute, name, value)
    if was.category is not None:
        dispute.category = was.category
    if "place" in held:
        dispute.place_code = held["place"]
    if "occurred_on" in held:
        dispute.occurred_on = date.fromisoformat(held["occurred_on"]) if held["occurred_on"] else None
    if "unit" in held:
        dispute.unit = was.unit
    _put_origin_back(dispute, {**held, **was.words}, was.origin)
    if "restricted" in held:
        dispute.confidentiality = Confidentiality.RESTRICTED if held["restricted"] else Confidentiality.NORMAL


def _put_origin_back(dispute: Dispute, held: Mapping[str, Any], now: Origin | None) -> None:
    """Who sent it as it stood then, on the copy alone; where that was corrected."""
    if not _tells_of_origin(held):
        return
    facts = corrections.origin_then(now.facts if now else None, held)
    then = None if facts is None else Origin.of(dispute, facts)
    if then is not None and now is not None:
        then.answered_as(now)
    dispute._state.fields_cache["origin"] = then


def _columns(was: Before) -> Iterable[tuple[str, Any]]:
    """Those that hold what the trail says of them."""
    yield from ((name, was.held[name]) for name in PLAIN if name in was.held)
    yield from ((name, was.words[name]) for name in WORDS if name in was.words)


def parties_as_seen(dispute: Dispute, shown: Disclosure) -> list[Party]:
    """The parties in their order; after a return those of then, as they were taken down then. Copies are only read."""
    rows = _parties(dispute.pk)
    known.with_known(rows, organization=known.units)
    for row in rows:
        row.dispute = dispute
    parties = sorted(rows, key=lambda row: (row.position, row.pk))
    if shown.trail_until is None:
        return parties
    return _parties_at(dispute, parties, shown.trail_until)


@written_once
def _parties(dispute: Any) -> QuerySet[Party]:
    return Party.objects.filter(dispute=dispute).order_by()


def _parties_at(dispute: Dispute, parties: list[Party], until: datetime) -> list[Party]:
    found = {party.pk: copy(party) for party in parties}
    later = dispute.trail.filter(at__gt=until, step__in=MENDING).prefetch_related("texts").order_by("-seq")
    for entry in later:  # the newest first: each is taken back in turn
        data = json.loads(entry.payload)["data"]
        if entry.step == "add_party":
            found.pop(data["party"], None)
        elif entry.step == "correct_party" and data["party"] in found:
            _take_back(found[data["party"]], data, {text.name: text.text for text in entry.texts.all()})
    return list(found.values())


def _take_back(party: Party, data: Mapping[str, Any], texts: Mapping[str, str]) -> None:
    for name, (old, _new) in data["changed"].items():
        if name == "organization":
            party.organization = Organization.objects.filter(code=old).first() if old else None
        elif name in as_of.PARTY_ONLY:
            setattr(party, name, old)
    for name in data["words"]:
        setattr(party, name, texts.get(f"{name}{WAS}", ""))
