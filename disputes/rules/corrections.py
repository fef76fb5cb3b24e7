"""更正: which stated facts may be put right after registration, and what the trail keeps of it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from core import days
from disputes.rules import origin
from disputes.rules.intake import Fault, IntakeFacts, PartyFacts, cleaned_origin, people_stated
from disputes.rules.origin import OriginFacts, OriginFault

Faults = Mapping[str, Sequence[Fault]]
FIELDS = (
    *("title", "narrative", "category", "place", "people_count", "occurred_on", "amount"),
    *("jurisdiction", "origin"),
)
JURISDICTION = ("towns", "sectors", "unit", "unit_relation", "unit_consent")
YES_OR_NO = ("unit_consent",)
ORIGIN = ("sender", "number", "received_on", "due_at", "answer_wanted")
NESTED = ("jurisdiction", "origin")
LISTS = ("towns", "sectors")
PARTY_FIELDS = ("role", "kind", "name", "phone", "id_number", "address", "head_count", "organization")
# people's words: the chain keeps only their salted hashes, so that erasing makes them unknowable
WORDS = ("title", "narrative", "unit_name", "origin_sender", "origin_number")
PARTY_WORDS = ("name", "phone", "id_number", "address")
READ = frozenset({"title", "narrative", "people_count"})  # what the classifier goes by
NOBODY = OriginFacts()  # sent it
WAS = "_was"  # end of the name of a text that holds the old value
TOWN_CODE = 9


@dataclass(frozen=True)
class Changes:
    """Old and new value by column, of what differs."""

    values: Mapping[str, tuple[Any, Any]]
    words: Collection[str] = field(default=WORDS)

    def __bool__(self) -> bool:
        return bool(self.values)

    def touches(self, *names: str) -> bool:
        return any(name in self.values for name in names)

    @property
    def data(self) -> dict[str, Any]:
        """For the payload: codes, numbers and days with both values, of words only which."""
        changed = {name: list(pair) for name, pair in self.values.items() if name not in self.words}
        return {"changed": changed, "words": [name for name in self.values if name in self.words]}

    @property
    def texts(self) -> dict[str, str]:
        """The words, new and old, beside the payload."""
        texts: dict[str, str] = {}
        for name in self.words:
            if name in self.values:
                texts[f"{name}{WAS}"], texts[name] = self.values[name]
        return texts


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any], words: Collection[str] = WORDS
) -> Changes:
    """What differs between two sets of the same columns."""
    return Changes({name: (old, after[name]) for name, old in before.items() if old != after[name]}, words)


def names_changed(data: Mapping[str, Any]) -> set[str]:
    """The columns that an entry says were changed, words among them."""
    return {*data.get("changed", {}), *data.get("words", ())}


def stated_names(fields: Mapping[str, Any]) -> set[str]:
    """The facts a correction speaks of; a jurisdiction is judged as a whole, for its parts need each other. Who sent it
    is judged by `origin_faults`."""
    names = {name for name in fields if name not in NESTED}
    return names | (set(JURISDICTION) if "jurisdiction" in fields else set())


def corrected(facts: IntakeFacts, fields: Mapping[str, Any], amount_fen: int | None) -> IntakeFacts:
    """The facts with the stated ones in place of the old; None takes back what may be left out.

    A place in another town takes its town along where the towns are not stated anew.
    """
    given = {name: value for name, value in fields.items() if name not in (*NESTED, "amount")}
    stated: dict[str, Any] = {
        name: "" if value is None and name != "occurred_on" else value for name, value in given.items()
    }
    if "people_count" in given:
        stated["people_count"] = people_stated(given["people_count"], facts.parties)
    if "amount" in fields:
        stated["amount_fen"] = amount_fen
    for name, value in (fields.get("jurisdiction") or {}).items():
        if name in YES_OR_NO:
            stated[name] = value
        else:
            stated[name] = tuple(value or ()) if name in LISTS else value or ""
    return replace(facts, **stated)


def origin_corrected(origin: OriginFacts | None, stated: Mapping[str, Any] | None) -> OriginFacts | None:
    """Who sent it, the stated parts in place of the old; None takes one back, or all that a sender stated. The number
    of an older ledger stays. None where nobody sent it after all."""
    parts = dict.fromkeys(ORIGIN) if stated is None else stated
    changed = {name: getattr(NOBODY, name) if value is None else value for name, value in parts.items()}
    return cleaned_origin(replace(origin or NOBODY, **changed))


def origin_columns(origin: OriginFacts | None) -> dict[str, Any]:
    """What can be corrected of it, as the trail names it; moments in UTC."""
    facts = origin or NOBODY
    return {
        "origin_sender": facts.sender,
        "origin_number": facts.number,
        "origin_received_on": facts.received_on and facts.received_on.isoformat(),
        "origin_due_at": facts.due_at and _utc(facts.due_at).isoformat(),
        "origin_answer_wanted": facts.answer_wanted,
    }


def _utc(moment: datetime) -> datetime:
    """A moment of year 1 has none there, and is refused anyway."""
    return moment if days.is_too_early(moment.date()) else moment.astimezone(UTC)


def origin_then(origin: OriginFacts | None, held: Mapping[str, Any]) -> OriginFacts | None:
    """Who sent it as it stood before corrections: `held` are the old values by column, words among them."""
    was = origin_columns(origin) | {name: held[name] for name in origin_columns(None) if name in held}
    received, due = was["origin_received_on"], was["origin_due_at"]
    stated = {
        "sender": was["origin_sender"],
        "number": was["origin_number"],
        "received_on": date.fromisoformat(received) if received else None,
        "due_at": datetime.fromisoformat(due) if due else None,
        "answer_wanted": was["origin_answer_wanted"],
    }
    return origin_corrected(origin, stated)


def origin_faults(
    before: OriginFacts | None, after: OriginFacts | None, answered_on: date | None, today: date
) -> dict[str, list[OriginFault]]:
    """What speaks against a corrected origin, by field: the rules of intake, and that an answer once given stays one
    that was wanted, and came after the matter. What was wrong before keeps nobody from correcting another part."""
    old, new = (_by_name(facts, answered_on, today) for facts in (before, after))
    changed = origin_columns(before).items() ^ origin_columns(after).items()
    touched = {name.removeprefix("origin_") for name, _value in changed}
    found = {
        name: [fault for fault in faults if name in touched or fault not in old.get(name, ())]
        for name, faults in new.items()
    }
    return {name: faults for name, faults in found.items() if faults}


def _by_name(
    facts: OriginFacts | None, answered_on: date | None, today: date
) -> dict[str, list[OriginFault]]:
    stated = facts or NOBODY
    found: dict[str, list[OriginFault]] = {}
    for name, fault in (*origin.faults(stated, today), *origin.faults_after_answer(stated, answered_on)):
        found.setdefault(name, []).append(fault)
    return found


def towns_with(towns: Iterable[str], place_before: str, place_after: str) -> list[str]:
    """The towns concerned, the town of the old place replaced by that of the new one."""
    old, new = place_before[:TOWN_CODE], place_after[:TOWN_CODE]
    return list(dict.fromkeys(new if code == old and len(new) == TOWN_CODE else code for code in towns))


def still_in_book(place: str, book: str, town_before: str) -> bool:
    """Whether the place lies where the book's centre receives, or in the town the dispute is in already."""
    return place.startswith(book) or (bool(town_before) and place.startswith(town_before))


def new_faults(before: Faults, after: Faults, touched: Collection[str]) -> dict[str, list[Fault]]:
    """What speaks against the corrected facts: anything at what was stated, and elsewhere what was not wrong before.

    Nobody is kept from correcting one fact by another that was stored under older rules.
    """
    found = {
        name: [fault for fault in faults if name in touched or fault not in before.get(name, ())]
        for name, faults in after.items()
    }
    return {name: faults for name, faults in found.items() if faults}


def party_corrected(party: PartyFacts, fields: Mapping[str, Any]) -> PartyFacts:
    """The party with the stated fields in place of the old; None takes back what may be left out."""
    stated: dict[str, Any] = {name: "" if value is None else value for name, value in fields.items()}
    if "head_count" in stated:
        stated["head_count"] = stated["head_count"] or 1
    return replace(party, **stated)
