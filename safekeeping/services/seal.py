"""The daily seal: one signed hash over everything a Shanghai day recorded. From then on, deleting or
back-dating shows. A day is sealed once it is over by the database's clock, also when nothing was recorded.

Its head goes into the witness file and to the auditors at once. Where the file contradicts the database,
nothing is sealed: what was removed must not be signed anew. A day older than yesterday is sealed as late.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import structlog
from django.db import IntegrityError, connection, transaction

from audit import digests
from audit.recording import SEAL_LOCK
from core import signatures
from core.clock import shanghai_date, start_of_day
from core.transactions import limit_lock_waits, retried
from disputes.models import DailySeal, TrailEntry
from disputes.rules import chain
from safekeeping.rules import seals
from safekeeping.services import seal_notices, witness

log = structlog.get_logger(__name__)
BATCH = 10_000
DAY = timedelta(days=1)
NOT_RUNNING = "not_running"  # the system's own reason for a late seal; anything else is a person's words


def seal_complete_days(*, now: datetime, reason: str = NOT_RUNNING) -> list[DailySeal]:
    """Seals every day that is over and not sealed yet, in order. Safe to run twice and beside itself.

    `reason` is noted in seals of days older than yesterday. Answers none when the witness file contradicts.
    """
    day, last = _next_day(), last_complete_day(now)
    against = witness.contradictions()
    if against:
        seal_notices.tell_refused(against, now=now)
        log.error("seal_refused", faults=len(against), first=against[0].where)
        return []
    made = _seal_up_to(day, last, reason=reason, now=now) if day is not None and day <= last else []
    _write_down()
    if made:
        seal_notices.tell_sealed(made, now=now)
    return made


def _seal_up_to(day: date, last: date, *, reason: str, now: datetime) -> list[DailySeal]:
    upto, made = wait_for_writers(), []
    while day <= last:
        try:
            made.append(seal_day(day, now=now, upto=upto, late=reason if day < last else ""))
        except IntegrityError:  # another process sealed it meanwhile
            break
        day += DAY
    return made


def _write_down() -> None:
    """A file that cannot be written is a fault the verification reports; sealing goes on."""
    try:
        witness.catch_up()
    except OSError as error:
        log.error("witness_not_written", path=str(witness.path()), error=str(error))


def last_complete_day(now: datetime) -> date:
    """Yesterday, by the earlier of our clock and the database's."""
    return min(shanghai_date(now), shanghai_date(_database_clock())) - DAY


@retried
def wait_for_writers() -> int:
    """Returns when every entry recorded before this moment is committed or gone; the last fact id given by then.

    Writers share the seal lock from before they record until they commit, so having it alone once is enough;
    it is given back at once and nobody waits while the hashes are read.
    """
    limit_lock_waits()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
    return digests.last_id()


@transaction.atomic
def seal_day(day: date, *, now: datetime, upto: int | None = None, late: str = "") -> DailySeal:
    """Seals one day as it stands, and the facts up to that id. The day before must be sealed;
    `seal_complete_days` sees to both."""
    before = DailySeal.objects.order_by("-day").first()
    previous = before.hash if before else chain.GENESIS
    digest, last_id = seals.SealDigest(previous), before.last_entry_id if before else 0
    for entry_id, entry_hash in entries_of(day):
        digest.add(entry_hash)
        last_id = entry_id
    since, fact_hash = (before.last_fact_id, before.fact_hash) if before else (0, "")
    until = max(since, digests.last_id() if upto is None else upto)
    facts, fact_hash = seals.fact_digest(fact_hash, digests.blocks(since, until))
    head = seals.Head(
        format=seals.SEAL_FORMAT,
        serial=_next_serial(),
        day=day,
        count=digest.count,
        hash=digest.hexdigest(),
        previous_hash=previous,
        facts=facts,
        fact_hash=fact_hash,
        late=late,
    )
    return _written(head, last_entry_id=last_id, last_fact_id=until, now=now)


def _written(head: seals.Head, *, last_entry_id: int, last_fact_id: int, now: datetime) -> DailySeal:
    return DailySeal.objects.create(
        format=head.format,
        serial=head.serial,
        day=head.day,
        entry_count=head.count,
        last_entry_id=last_entry_id,
        last_fact_id=last_fact_id,
        fact_count=head.facts,
        fact_hash=head.fact_hash,
        late=head.late,
        previous_hash=head.previous_hash,
        hash=head.hash,
        signature=signatures.sign(head.message()),
        public_key=signatures.public_key(),
        sealed_at=now,
    )


def _next_serial() -> int:
    """After the last seal, and after every one the witness file has ever named: no number comes twice."""
    last = DailySeal.objects.order_by("-day").values_list("serial", flat=True).first()
    here = last or DailySeal.objects.count()
    found = witness.read()
    return max(here, found.highest if found else 0) + 1


def entries_of(day: date) -> Iterator[tuple[int, str]]:
    """(id, hash) of a day's entries in the order they were recorded, read in pieces."""
    rows = TrailEntry.objects.filter(
        recorded_at__gte=start_of_day(day), recorded_at__lt=start_of_day(day + DAY)
    ).order_by("recorded_at", "id")
    yield from rows.values_list("id", "hash").iterator(chunk_size=BATCH)


def _next_day() -> date | None:
    """The first day not sealed; None while there is nothing to seal."""
    last = DailySeal.objects.order_by("-day").values_list("day", flat=True).first()
    if last is not None:
        return last + DAY
    first = TrailEntry.objects.order_by("recorded_at", "id").values_list("recorded_at", flat=True).first()
    return shanghai_date(first) if first else None


def _database_clock() -> datetime:
    """`recorded_at` is the database's time, so its clock decides which day is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
