"""Verification of the whole ledger: chains, columns, texts, numbers, seals. It locates what does not fit.

It reads in pieces and stops nobody. A dispute that moves while its piece is read is read once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.permissions import Permission
from accounts.policies import require
from audit.choices import Action
from audit.services import record
from core import runs, signatures
from core.actor import Actor
from core.clock import start_of_day
from disputes.models import DailySeal, Dispute, LedgerCheck, TrailEntry
from disputes.rules import chain
from disputes.rules.faults import EntryRow, Fault, FaultKind, check_entry, check_texts
from disputes.selectors import ledger_check
from disputes.selectors.ledger_check import Chunk, DisputeRow
from disputes.services.seal import DAY, entries_of

State = LedgerCheck.State
KEPT_FAULTS = 200
ERASED = "texts_erased"
LOST_AFTER, STUCK_AFTER = timedelta(minutes=2), timedelta(minutes=31)
Progress = Callable[["Findings", int], object]


@dataclass
class Findings:
    """What was read, and what is wrong; of many faults the first are kept."""

    entries: int = 0
    texts: int = 0
    withheld: int = 0
    seals: int = 0
    unsealed: int = 0
    sealed_until: date | None = None
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)

    def add(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.fault_count += 1
            if len(self.faults) < KEPT_FAULTS:
                self.faults.append(fault)


@transaction.atomic
def ask(*, by: Actor, now: datetime) -> LedgerCheck:
    """A run that a worker takes up, recorded. While one is going on, it is answered instead."""
    require(by, Permission.VERIFY_LEDGER)
    going_on = LedgerCheck.objects.filter(state__in=[State.WAITING, State.RUNNING]).first()
    if going_on is not None:
        return going_on
    check = LedgerCheck.objects.create(asked_by=by.acting, asked_at=now)
    record(action=Action.LEDGER_CHECKED, by=by, now=now, target_type="ledger", target_id=check.pk)
    return check


def run(*, check_id: int, now: datetime) -> None:
    """Verifies and notes the result in the row. Safe to call twice: only who claims the row runs."""
    waiting = LedgerCheck.objects.filter(pk=check_id, state=State.WAITING)
    if not waiting.update(state=State.RUNNING, started_at=now, total=Dispute.objects.count()):
        return
    row = LedgerCheck.objects.filter(pk=check_id)
    try:
        found = verify(lambda sofar, done: row.update(done=done, entries=sofar.entries))
    except Exception as error:
        row.update(state=State.FAILED, error=str(error)[:300], finished_at=now)
        raise
    row.update(state=State.DONE, finished_at=now, **result_of(found))


def take_up_lost(*, now: datetime) -> int:
    """Runs whose message was lost or whose worker died."""
    return runs.take_up_lost(
        LedgerCheck.objects.all(),
        lambda check_id: run(check_id=check_id, now=now),
        stuck=Q(started_at__lt=now - STUCK_AFTER),
        lost=Q(asked_at__lt=now - LOST_AFTER),
    )


def result_of(found: Findings) -> dict[str, Any]:
    """As the row keeps it."""
    return {
        "entries": found.entries,
        "texts": found.texts,
        "withheld": found.withheld,
        "seals": found.seals,
        "unsealed": found.unsealed,
        "fault_count": found.fault_count,
        "faults": [fault.as_json() for fault in found.faults],
    }


def verify(progress: Progress | None = None) -> Findings:
    """Everything; `progress` hears after each piece how many disputes were read."""
    found, done = Findings(), 0
    _check_books(found)
    for chunk in ledger_check.chunks():
        _check_chunk(chunk, found)
        done += len(chunk.disputes)
        if progress is not None:
            progress(found, done)
    _check_seals(found)
    return found


def verify_dispute(dispute_id: int) -> Findings:
    """Chain, columns and texts of one dispute; its seals need the whole days."""
    found = Findings()
    _check_chunk(ledger_check.chunk_of(dispute_id), found)
    return found


def _check_books(found: Findings) -> None:
    for book in ledger_check.books():
        where = f"{book.centre} {book.year}"
        if book.count != book.last_seq or book.highest != book.last_seq:
            gaps = ledger_check.missing_numbers(book)
            found.add(Fault(FaultKind.NUMBER_GAP, where, what=str(number)) for number in gaps)
            if not gaps:
                found.add([Fault(FaultKind.NUMBER_GAP, where, what=f"last_seq {book.last_seq}")])


def _check_chunk(chunk: Chunk, found: Findings) -> None:
    for dispute in chunk.disputes:
        faults, read = _faults_of(dispute, chunk.entries.pop(dispute.id, []), chunk)
        if faults:  # perhaps it moved between two reads; what was tampered with stays wrong
            again = ledger_check.chunk_of(dispute.id)
            faults, read = _faults_of(dispute, again.entries.pop(dispute.id, []), again)
        found.entries += read.entries
        found.texts += read.texts
        found.withheld += read.withheld
        found.add(faults)
    for dispute_id, rows in chunk.entries.items():
        found.entries += len(rows)
        found.add([Fault(FaultKind.ORPHAN, f"#{dispute_id}", rows[0].seq, f"{len(rows)}")])


def _faults_of(dispute: DisputeRow, rows: list[EntryRow], chunk: Chunk) -> tuple[list[Fault], Findings]:
    """Faults of one dispute, and how much was read for it."""
    dispute = next((row for row in chunk.disputes if row.id == dispute.id), dispute)
    number, read, before = dispute.number, Findings(entries=len(rows)), (0, chain.GENESIS)
    faults: list[Fault] = [] if _number_fits(dispute) else [Fault(FaultKind.NUMBER, number, dispute.seq)]
    latest: dict[str, tuple[EntryRow, str]] = {}
    erased = {row.seq for row in rows if row.columns["step"] == ERASED}
    for row in rows:
        wrong, payload = check_entry(number, row, before)
        before = (row.seq, row.hash)
        faults += wrong
        if payload is not None:
            faults += _faults_of_texts(number, row, payload, chunk, read, erased, latest)
            if payload.get("dispute") != number:
                faults.append(Fault(FaultKind.COLUMN, number, row.seq, "dispute"))
    faults += _faults_of_facts(dispute, latest, chunk)
    if not rows:
        faults.append(Fault(FaultKind.NO_ENTRIES, number))
    elif rows[-1].columns["to"] != dispute.status:
        faults.append(Fault(FaultKind.STATUS, number, rows[-1].seq, dispute.status))
    return faults, read


def _number_fits(dispute: DisputeRow) -> bool:
    return dispute.year is not None and dispute.number.endswith(f"-{dispute.year}-{dispute.seq:06d}")


def _faults_of_texts(
    number: str,
    row: EntryRow,
    payload: Mapping[str, Any],
    chunk: Chunk,
    read: Findings,
    erased: set[int],
    latest: dict[str, tuple[EntryRow, str]],
) -> list[Fault]:
    hashes: Mapping[str, str] = payload.get("texts") or {}
    texts = chunk.texts.get(row.id, [])
    if not hashes and not texts:
        return []
    faults, withheld = check_texts(number, row.seq, hashes, texts)
    read.texts += len(hashes)
    read.withheld += withheld
    latest.update({name: (row, expected) for name, expected in hashes.items()})
    if withheld and not any(seq > row.seq for seq in erased):
        faults.append(Fault(FaultKind.TEXT_GONE, number, row.seq, ERASED))
    return faults


def _faults_of_facts(
    dispute: DisputeRow, latest: Mapping[str, tuple[EntryRow, str]], chunk: Chunk
) -> list[Fault]:
    """Title and narrative of the row against what the chain last recorded of them."""
    faults = []
    for name, value in (("title", dispute.title), ("narrative", dispute.narrative)):
        if name not in latest:
            continue
        row, expected = latest[name]
        text = next((text for text in chunk.texts.get(row.id, []) if text.name == name), None)
        if text is not None and not text.erased and chain.text_hash(text.salt, value) != expected:
            faults.append(Fault(FaultKind.FACT, dispute.number, row.seq, name))
    return faults


def _check_seals(found: Findings) -> None:
    previous, expected_day = chain.GENESIS, None
    trusted = {signatures.public_key(), *getattr(settings, "SEAL_TRUSTED_KEYS", [])}
    for seal in DailySeal.objects.order_by("day"):
        found.seals += 1
        found.add(_faults_of_seal(seal, previous, expected_day, trusted))
        previous, expected_day, found.sealed_until = seal.hash, seal.day + DAY, seal.day
    unsealed = TrailEntry.objects.all()
    if expected_day is not None:
        unsealed = unsealed.filter(recorded_at__gte=start_of_day(expected_day))
    found.unsealed = unsealed.count()


def _faults_of_seal(
    seal: DailySeal, previous: str, expected_day: date | None, trusted: set[str]
) -> list[Fault]:
    where, faults = seal.day.isoformat(), []
    earlier = TrailEntry.objects.filter(recorded_at__lt=start_of_day(seal.day))
    if seal.previous_hash != previous or (expected_day not in (None, seal.day)):
        faults.append(Fault(FaultKind.SEAL_CHAIN, where, what="previous_hash"))
    if expected_day is None and earlier.exists():
        faults.append(Fault(FaultKind.SEAL_CHAIN, where, what="first_day"))
    digest = chain.SealDigest(seal.previous_hash)
    for _id, entry_hash in entries_of(seal.day):
        digest.add(entry_hash)
    if (digest.count, digest.hexdigest()) != (seal.entry_count, seal.hash):
        faults.append(Fault(FaultKind.SEAL, where, what=f"{digest.count}/{seal.entry_count}"))
    message = chain.seal_message(seal.day, seal.entry_count, seal.hash)
    if seal.public_key not in trusted or not signatures.is_signed(message, seal.signature, seal.public_key):
        faults.append(Fault(FaultKind.SEAL_SIGNATURE, where, what=seal.public_key[:12]))
    return faults
