"""The witness file: one line for each seal, outside the database. Pure: text comes in, what it says comes out.

A line once written is never changed. A seal that the file names and the database does not have was removed, or
an older state was restored; a restore says so in a line of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from disputes.rules import chain
from safekeeping.rules.faults import Fault, FaultKind, Remark, RemarkKind
from safekeeping.rules.seals import Head

Line = Mapping[str, Any]


def line_of(head: Head) -> str:
    """A seal as the file keeps it."""
    return chain.canonical({"kind": "seal", **asdict(head), "day": head.day.isoformat()})


def restored_line(*, at: str, last: Head | None, reason: str) -> str:
    """That an older state was put back, whose last seal is `last`."""
    serial, digest = (last.serial, last.hash) if last else (0, chain.GENESIS)
    return chain.canonical({"kind": "restored", "at": at, "serial": serial, "hash": digest, "reason": reason})


@dataclass
class Witness:
    """What a witness file says. `heads` are the seals that must be there, by serial number."""

    heads: dict[int, Head] = field(default_factory=dict)
    superseded: list[Head] = field(default_factory=list)  # of a state that was replaced by an older one
    restores: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    highest: int = 0

    @property
    def last(self) -> Head | None:
        return self.heads[max(self.heads)] if self.heads else None

    def add(self, line: Line) -> None:
        """Raises KeyError, TypeError or ValueError when it is no line of ours."""
        if line["kind"] == "restored":
            self._restore(line)
            return
        head = head_of(line)
        before = self.last
        follows = before is None or (head.serial > before.serial and head.previous_hash == before.hash)
        if not follows or head.serial <= self.highest:
            self.faults.append(Fault(FaultKind.WITNESS_BROKEN, head.day.isoformat(), what=str(head.serial)))
        self.heads[head.serial] = head
        self.highest = max(self.highest, head.serial)

    def _restore(self, line: Line) -> None:
        gone = [serial for serial in self.heads if serial > line["serial"]]
        self.superseded += [self.heads.pop(serial) for serial in sorted(gone)]
        self.restores.append(line)

    def remarks(self) -> list[Remark]:
        lost = ", ".join(head.day.isoformat() for head in self.superseded[:10])
        return [
            Remark(RemarkKind.RESTORED, line["at"][:10], line["reason"] or lost) for line in self.restores
        ]


def head_of(line: Line) -> Head:
    """A seal's line, read back."""
    named = {name: line[name] for name in Head.__dataclass_fields__ if name in line}
    return Head(**{**named, "day": date.fromisoformat(line["day"])})


def parse(text: str) -> Witness:
    """Reads the whole file. A last line that was cut off while it was written is passed over."""
    witness, lines = Witness(), text.split("\n")
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            witness.add(json.loads(raw))
        except (ValueError, KeyError, TypeError):
            if number < len(lines):
                witness.faults.append(Fault(FaultKind.WITNESS_BROKEN, f"#{number}", what=raw[:40]))
    return witness


def compare(witness: Witness, seals: Sequence[Head]) -> list[Fault]:
    """The file against the seals that are in the database, in their order."""
    found, here = list(witness.faults), {head.serial: head for head in seals}
    for serial, head in sorted(witness.heads.items()):
        seal = here.get(serial)
        if seal is None:
            found.append(Fault(FaultKind.WITNESS_LOST, head.day.isoformat(), what=str(serial)))
        elif seal != head:
            found.append(Fault(FaultKind.WITNESS_DIFFERS, head.day.isoformat(), what=_differing(seal, head)))
    first = min(witness.heads, default=0)  # seals of before the file began are added to it, never missed
    found += [
        Fault(FaultKind.WITNESS_BEHIND, head.day.isoformat(), what=str(head.serial))
        for head in unwitnessed(witness, seals)
        if head.serial > first
    ]
    return found


def unwitnessed(witness: Witness, seals: Iterable[Head]) -> list[Head]:
    """Seals the file does not have."""
    return [head for head in seals if head.serial not in witness.heads]


def _differing(seal: Head, head: Head) -> str:
    mine, theirs = asdict(seal), asdict(head)
    return ", ".join(name for name in mine if mine[name] != theirs[name])
