"""Verification of the whole ledger: chains, columns, texts, numbers, seals. It locates what does not fit.

It reads in pieces and stops nobody. A dispute that moves while its piece is read is read once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.permissions import Permission
from accounts.rights import require
from audit import comparing
from audit.choices import Action
from audit.comparing import RowFault
from audit.services import record
from core import clock, runs
from core.actor import Actor
from disputes.models import Dispute
from disputes.rules import chain
from safekeeping.models import LedgerCheck
from safekeeping.rules.faults import EntryRow, Fault, FaultKind, Remark, RemarkKind, check_entry, check_texts
from safekeeping.selectors import ledger_check
from safekeeping.selectors.ledger_check import Chunk, DisputeRow
from safekeeping.services import seal, seal_checks, told
from safekeeping.services.findings import Findings

State = LedgerCheck.State
ERASED = "texts_erased"
LOST_AFTER, STUCK_AFTER = timedelta(minutes=2), timedelta(minutes=31)
Progress = Callable[["Findings", int], object]


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
        seal.seal_complete_days(now=now)  # after a standstill what is due comes first
        found = verify(lambda sofar, done: row.update(done=done, entries=sofar.entries), now=now)
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
        "rows": found.rows,
        "seals": found.seals,
        "unsealed": found.unsealed,
        "fault_count": found.fault_count,
        "faults": [fault.as_json() for fault in found.faults],
        "remarks": [remark.as_json() for remark in found.remarks],
    }


def verify(
    progress: Progress | None = None, *, now: datetime | None = None, witness_file: Path | None = None
) -> Findings:
    """Everything; `progress` hears after each piece how many disputes were read.

    Held against the witness file of this installation, or against a copy an auditor brings.
    """
    found, done = Findings(), 0
    _check_books(found)
    for chunk in ledger_check.chunks():
        _check_chunk(chunk, found)
        _check_rows(chunk, found)
        done += len(chunk.disputes)
        if progress is not None:
            progress(found, done)
    for compared in comparing.of_standing_rows():
        found.count_rows(compared)
        found.add(_in_the_ledgers_words(compared.faults, {}))
    seal_checks.check(found, now=now or clock.now(), witness_file=witness_file)
    if found.taken_over:
        found.remark([Remark(RemarkKind.FOUND_ROWS, "", str(found.taken_over))])
    return found


def verify_dispute(dispute_id: int) -> Findings:
    """Chain, columns and texts of one dispute; its seals need the whole days."""
    found = Findings()
    chunk = ledger_check.chunk_of(dispute_id)
    _check_chunk(chunk, found)
    _check_rows(chunk, found)
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
        found.remark(read.remarks)
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
    at = ""
    erased = {row.seq for row in rows if row.columns["step"] == ERASED}
    for row in rows:
        wrong, payload = check_entry(number, row, before)
        before = (row.seq, row.hash)
        faults += wrong
        if (latest_at := str(row.columns["at"])) < at:
            read.remark([Remark(RemarkKind.CLOCK, number, str(row.seq))])
        at = latest_at
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


def _check_rows(chunk: Chunk, found: Findings) -> None:
    """The judged rows of these disputes: deadlines, assignments, parties, warnings and the rest."""
    numbers = {dispute.id: dispute.number for dispute in chunk.disputes}
    compared = comparing.of_disputes(chunk.after, chunk.upto)
    found.count_rows(compared)
    for dispute_id in sorted({fault.dispute_id for fault in compared.faults}):
        again = comparing.of_disputes(dispute_id - 1, dispute_id)  # perhaps it moved between two reads
        found.add(_in_the_ledgers_words(told.without_explained(again.faults), numbers))


ROW_KINDS = {
    comparing.Problem.CHANGED: FaultKind.ROW_CHANGED,
    comparing.Problem.GONE: FaultKind.ROW_GONE,
    comparing.Problem.ADDED: FaultKind.ROW_ADDED,
    comparing.Problem.UNTOLD: FaultKind.ROW_UNTOLD,
}


def _in_the_ledgers_words(faults: Iterable[RowFault], numbers: Mapping[int, str]) -> Iterator[Fault]:
    for fault in faults:
        where = numbers.get(fault.dispute_id, f"#{fault.dispute_id}") if fault.dispute_id else ""
        row = f"{fault.kind} {fault.row_id}"
        yield Fault(ROW_KINDS[fault.problem], where, what=", ".join(fault.columns), row=row)


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
