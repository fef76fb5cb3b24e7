"""What the verification of the ledger can find. Pure: entries and texts come in, faults come out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from disputes.rules import chain


class FaultKind(StrEnum):
    CONTENT = "content"  # the payload does not give the hash that stands beside it
    LINK = "link"  # the entry does not continue the one before
    GAP = "gap"  # entries are missing in between
    COLUMN = "column"  # a column says something else than the payload
    UNREADABLE = "unreadable"  # the payload is not JSON
    NO_ENTRIES = "no_entries"
    ORPHAN = "orphan"  # entries of a dispute that is gone
    STATUS = "status"  # the dispute's status is not the one its last entry left
    TEXT = "text"  # a text is not the one that was hashed
    TEXT_GONE = "text_gone"  # a text is gone without an entry that it was erased
    FACT = "fact"  # title or narrative of the dispute is not the registered one
    NUMBER = "number"  # the number does not fit book and sequence
    NUMBER_GAP = "number_gap"
    SEAL = "seal"  # the day's entries do not give the sealed hash
    SEAL_CHAIN = "seal_chain"  # the seal does not continue the one before, or a day is missing
    SEAL_SIGNATURE = "seal_signature"
    SEAL_FACTS = "seal_facts"  # the recorded facts do not give the sealed hash
    SEAL_MISSING = "seal_missing"  # a day that is over has no seal
    WITNESS_MISSING = "witness_missing"  # there are seals and no witness file
    WITNESS_BROKEN = "witness_broken"  # a line of the witness file cannot be read or does not follow
    WITNESS_LOST = "witness_lost"  # the file names a seal that is not there
    WITNESS_DIFFERS = "witness_differs"
    WITNESS_BEHIND = "witness_behind"  # a seal that is not in the file
    ROW_CHANGED = "row_changed"  # a judged row says something else than the database recorded of it
    ROW_GONE = "row_gone"
    ROW_ADDED = "row_added"  # nothing was recorded of it
    ROW_UNTOLD = "row_untold"  # changed past the steps: no trail entry, no access event with it


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where: dispute number and entry or row, book, or day."""

    kind: FaultKind
    where: str
    seq: int | None = None
    what: str = ""
    row: str = ""  # table and id, for a fault of one row

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class RemarkKind(StrEnum):
    """What is no fault, and must be known all the same."""

    LATE = "late"  # sealed later than the day after
    RESTORED = "restored"  # an older state was put back
    OLD_SEALS = "old_seals"  # seals that say nothing of the recorded facts
    FOUND_ROWS = "found_rows"  # rows first recorded by an upgrade, as it found them
    CLOCK = "clock"  # the clock went back between two entries


@dataclass(frozen=True)
class Remark:
    kind: RemarkKind
    where: str
    what: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A trail entry as it is stored; `columns` are what its payload must say too."""

    id: int
    seq: int
    columns: Mapping[str, Any]
    payload: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class TextRow:
    name: str
    salt: str
    text: str
    erased: bool


def check_entry(
    number: str, row: EntryRow, before: tuple[int, str]
) -> tuple[list[Fault], Mapping[str, Any] | None]:
    """Faults of one entry after (sequence number, hash) of the one before it; and its payload, if readable."""
    faults = []
    last_seq, last_hash = before
    if row.seq != last_seq + 1:
        faults.append(Fault(FaultKind.GAP, number, row.seq, f"{last_seq + 1}–{row.seq - 1}"))
    elif row.previous_hash != last_hash:
        faults.append(Fault(FaultKind.LINK, number, row.seq, "previous_hash"))
    if chain.entry_hash(row.previous_hash, row.payload) != row.hash:
        faults.append(Fault(FaultKind.CONTENT, number, row.seq, "payload"))
    try:
        payload = json.loads(row.payload)
        differing = [name for name, value in row.columns.items() if payload[name] != value]
    except (ValueError, KeyError, TypeError):
        return [*faults, Fault(FaultKind.UNREADABLE, number, row.seq, "payload")], None
    faults += [Fault(FaultKind.COLUMN, number, row.seq, name) for name in differing]
    return faults, payload


def check_texts(
    number: str, seq: int, hashes: Mapping[str, str], texts: Iterable[TextRow]
) -> tuple[list[Fault], int]:
    """Texts of one entry against the hashes in its payload; and how many are withheld."""
    faults, found, withheld = [], {text.name: text for text in texts}, 0
    for name, expected in hashes.items():
        text = found.get(name)
        if text is None:
            faults.append(Fault(FaultKind.TEXT_GONE, number, seq, name))
        elif text.erased:
            withheld += 1
        elif chain.text_hash(text.salt, text.text) != expected:
            faults.append(Fault(FaultKind.TEXT, number, seq, name))
    faults += [Fault(FaultKind.TEXT, number, seq, name) for name in found if name not in hashes]
    return faults, withheld
