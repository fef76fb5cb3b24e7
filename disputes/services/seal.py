"""The daily seal: one signed hash over everything a Shanghai day recorded. From then on, deleting or
back-dating shows. A day is sealed once it is over by the database's clock, also when nothing was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction

from core import signatures
from core.clock import shanghai_date, start_of_day
from core.transactions import limit_lock_waits, retried
from disputes.models import DailySeal, TrailEntry
from disputes.rules import chain
from disputes.services.ledger import SEAL_LOCK

BATCH = 10_000
DAY = timedelta(days=1)


def seal_complete_days(*, now: datetime) -> list[DailySeal]:
    """Seals every day that is over and not sealed yet, in order. Safe to run twice and beside itself."""
    day = _next_day()
    last = min(shanghai_date(now), shanghai_date(_database_clock())) - DAY
    if day is None or day > last:
        return []
    wait_for_writers()
    made = []
    while day <= last:
        try:
            made.append(seal_day(day, now=now))
        except IntegrityError:  # another process sealed it meanwhile
            break
        day += DAY
    return made


@retried
def wait_for_writers() -> None:
    """Returns when every entry recorded before this moment is committed or gone.

    Writers share the seal lock from before they record until they commit, so having it alone once is enough;
    it is given back at once and nobody waits while the hashes are read.
    """
    limit_lock_waits()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])


@transaction.atomic
def seal_day(day: date, *, now: datetime) -> DailySeal:
    """Seals one day as it stands. The day before must be sealed; `seal_complete_days` sees to both."""
    before = DailySeal.objects.order_by("-day").first()
    previous = before.hash if before else chain.GENESIS
    digest, last_id = chain.SealDigest(previous), before.last_entry_id if before else 0
    for entry_id, entry_hash in entries_of(day):
        digest.add(entry_hash)
        last_id = entry_id
    hashed = digest.hexdigest()
    return DailySeal.objects.create(
        day=day,
        entry_count=digest.count,
        last_entry_id=last_id,
        previous_hash=previous,
        hash=hashed,
        signature=signatures.sign(chain.seal_message(day, digest.count, hashed)),
        public_key=signatures.public_key(),
        sealed_at=now,
    )


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
