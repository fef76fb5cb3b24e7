"""Are the seals whole: each over what it says, each after the one before, none missing, all in the witness file?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from audit import digests
from core import signatures
from core.clock import shanghai_date, start_of_day
from disputes.models import DailySeal, TrailEntry
from disputes.rules import chain
from safekeeping.rules import seals
from safekeeping.rules.faults import Fault, FaultKind, Remark, RemarkKind
from safekeeping.rules.seals import Head
from safekeeping.services import witness
from safekeeping.services.findings import Findings
from safekeeping.services.seal import DAY, entries_of, last_complete_day

GRACE = timedelta(hours=2)  # after midnight, until the seal of the day before must be there


def check(found: Findings, *, now: datetime, witness_file: Path | None = None) -> None:
    """Adds the faults and remarks of all seals. Raises OSError when the witness file cannot be read."""
    before: DailySeal | None = None
    known = witness.read(witness_file)
    for place, seal in enumerate(DailySeal.objects.order_by("day"), start=1):
        found.seals += 1
        found.add(_faults_of(seal, before, witness.head_of(seal, place)))
        if seal.late:
            found.remark([Remark(RemarkKind.LATE, seal.day.isoformat(), seal.late)])
        before = seal
    found.add(witness.faults(witness_file))
    found.remark(known.remarks() if known else [])
    found.sealed_until = before.day if before else None
    found.add(_missing(before, now))
    _count_unsealed(found)
    if old := DailySeal.objects.filter(format=1).count():
        found.remark([Remark(RemarkKind.OLD_SEALS, "", str(old))])


def _faults_of(seal: DailySeal, before: DailySeal | None, head: Head) -> list[Fault]:
    faults = _faults_of_place(seal, before)
    where = seal.day.isoformat()
    digest = seals.SealDigest(seal.previous_hash)
    for _id, entry_hash in entries_of(seal.day):
        digest.add(entry_hash)
    if (digest.count, digest.hexdigest()) != (seal.entry_count, seal.hash):
        faults.append(Fault(FaultKind.SEAL, where, what=f"{digest.count}/{seal.entry_count}"))
    if seal.format > 1:
        faults += _faults_of_facts(seal, before)
    trusted = {signatures.public_key(), *getattr(settings, "SEAL_TRUSTED_KEYS", [])}
    signed = signatures.is_signed(head.message(), seal.signature, seal.public_key)
    if seal.public_key not in trusted or not signed:
        faults.append(Fault(FaultKind.SEAL_SIGNATURE, where, what=seal.public_key[:12]))
    return faults


def _faults_of_place(seal: DailySeal, before: DailySeal | None) -> list[Fault]:
    """Day after day, each on the hash of the one before, nothing before the first."""
    where = seal.day.isoformat()
    if before is None:
        earlier = TrailEntry.objects.filter(recorded_at__lt=start_of_day(seal.day))
        wrong = seal.previous_hash != chain.GENESIS
        faults = [Fault(FaultKind.SEAL_CHAIN, where, what="first_day")] if earlier.exists() else []
    else:
        wrong, faults = seal.previous_hash != before.hash or seal.day != before.day + DAY, []
    return [Fault(FaultKind.SEAL_CHAIN, where, what="previous_hash"), *faults] if wrong else faults


def _faults_of_facts(seal: DailySeal, before: DailySeal | None) -> list[Fault]:
    since, previous = (before.last_fact_id, before.fact_hash) if before else (0, "")
    count, digest = seals.fact_digest(previous, digests.blocks(since, seal.last_fact_id))
    if (count, digest) == (seal.fact_count, seal.fact_hash):
        return []
    return [Fault(FaultKind.SEAL_FACTS, seal.day.isoformat(), what=f"{count}/{seal.fact_count}")]


def _missing(last: DailySeal | None, now: datetime) -> list[Fault]:
    """The first day that is over, recorded something, and has no seal."""
    due = last_complete_day(now - GRACE)
    first = last.day + DAY if last else _first_day()
    if first is None or first > due:
        return []
    return [Fault(FaultKind.SEAL_MISSING, first.isoformat(), what=due.isoformat())]


def _first_day() -> date | None:
    moment = TrailEntry.objects.order_by("recorded_at", "id").values_list("recorded_at", flat=True).first()
    return shanghai_date(moment) if moment else None


def _count_unsealed(found: Findings) -> None:
    unsealed = TrailEntry.objects.all()
    if found.sealed_until is not None:
        unsealed = unsealed.filter(recorded_at__gte=start_of_day(found.sealed_until + DAY))
    found.unsealed = unsealed.count()
