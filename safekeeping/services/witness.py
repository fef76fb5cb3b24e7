"""The witness file: where the head of every seal goes at once, outside the database and the data folder.

Who owns the database can remove seals and have the system sign anew; what already stands here, in the auditors'
mail and in every export, they cannot. The file only grows: one line for a seal, flushed to the disk.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings

from disputes.models import DailySeal
from disputes.rules import chain
from safekeeping.rules import witness
from safekeeping.rules.faults import Fault, FaultKind
from safekeeping.rules.seals import Head
from safekeeping.rules.witness import Witness

log = structlog.get_logger(__name__)
FILE = "seals.log"


def path() -> Path:
    return Path(settings.WITNESS_DIR) / FILE


def read(file: Path | None = None) -> Witness | None:
    """What the file says; None when there is none. Raises OSError when it cannot be read."""
    try:
        return witness.parse((file or path()).read_text("utf-8"))
    except FileNotFoundError:
        return None


def heads() -> list[Head]:
    """Every seal of the database, oldest first."""
    return [head_of(seal, place) for place, seal in enumerate(DailySeal.objects.order_by("day"), start=1)]


def head_of(seal: DailySeal, place: int) -> Head:
    """`place` numbers seals of format 1, which have no serial number of their own."""
    return Head(
        format=seal.format,
        serial=seal.serial or place,
        day=seal.day,
        count=seal.entry_count,
        hash=seal.hash,
        previous_hash=seal.previous_hash,
        facts=seal.fact_count,
        fact_hash=seal.fact_hash,
        late=seal.late,
        signature=seal.signature,
        public_key=seal.public_key,
    )


def contradictions(file: Path | None = None) -> list[Fault]:
    """Where the file and the database disagree; a seal made a moment ago and not yet written down is no fault."""
    found = read(file)
    if found is None:
        return []
    return [fault for fault in witness.compare(found, heads()) if fault.kind != FaultKind.WITNESS_BEHIND]


def faults(file: Path | None = None) -> list[Fault]:
    """The same for the verification, which wants the file to be there and complete."""
    here, found = heads(), read(file)
    if found is None:
        return [Fault(FaultKind.WITNESS_MISSING, str((file or path()).name))] if here else []
    return witness.compare(found, here)


def catch_up() -> int:
    """Writes down the seals the file does not have yet; how many. Only what continues its last line is added."""
    with _locked() as file:
        found = witness.parse(_text(file))
        last = found.last
        new = [head for head in heads() if head.serial > found.highest]
        if not new or (last is not None and new[0].previous_hash != last.hash):
            return 0
        _append(file, [witness.line_of(head) for head in new])
        return len(new)


def note_restore(*, reason: str, now: datetime) -> list[Head]:
    """Says that an older state was put back; the seals that are gone with it. Nothing when none is."""
    found, here = read(), heads()
    if found is None or not any(
        fault.kind == FaultKind.WITNESS_LOST for fault in witness.compare(found, here)
    ):
        return []
    kept = [head for head in here if found.heads.get(head.serial) == head]
    last = kept[-1] if kept else None
    with _locked() as file:
        _append(file, [witness.restored_line(at=chain.utc_micros(now), last=last, reason=reason)])
    return [head for serial, head in sorted(found.heads.items()) if last is None or serial > last.serial]


@contextmanager
def _locked() -> Iterator[int]:
    """The open file, alone until the end. The folder is made when it is missing."""
    folder = path().parent
    fresh = not path().exists()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path(), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
        if fresh:
            _flush_folder(folder)
    finally:
        os.close(file)


def _text(file: int) -> str:
    size = os.fstat(file).st_size
    return os.pread(file, size, 0).decode("utf-8", errors="replace")


def _append(file: int, lines: list[str]) -> None:
    """One write for all lines, after a line break if the last line was cut off by a crash."""
    size = os.fstat(file).st_size
    torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
    data = ("\n" if torn else "") + "".join(f"{line}\n" for line in lines)
    os.write(file, data.encode())
    os.fsync(file)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
