"""The whole chain as JSON lines, for checking without the system (deploy/verify_offline.py).

Entries stand in the order in which they were recorded, which is the order the seals hash them in. No texts and
no names leave: payloads hold ids, codes and salted hashes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TextIO

from core import signatures
from disputes.models import DailySeal, LedgerBook, TrailEntry
from disputes.rules import chain

BATCH = 10_000
FIELDS = ("id", "recorded_at", "payload", "previous_hash", "hash")


def write_chain(out: TextIO, *, now: datetime) -> int:
    """Writes header, books, seals and entries; how many entries. Memory does not grow with them."""
    head = {
        "kind": "header",
        "format": chain.FORMAT,
        "made_at": chain.utc_micros(now),
        "public_key": signatures.public_key(),
    }
    count = 0
    for line in (head, *_books(), *_seals()):
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
    for entry in _entries():
        out.write(json.dumps(entry, ensure_ascii=False) + "\n")
        count += 1
    out.write(json.dumps({"kind": "end", "entries": count}) + "\n")
    return count


def _books() -> Iterator[dict[str, Any]]:
    for book in LedgerBook.objects.select_related("centre").order_by("pk"):
        centre = book.centre.code.removesuffix(".centre")
        yield {"kind": "book", "centre": centre, "year": book.year, "last_seq": book.last_seq}


def _seals() -> Iterator[dict[str, Any]]:
    for seal in DailySeal.objects.order_by("day"):
        yield {
            "kind": "seal",
            "day": seal.day.isoformat(),
            "count": seal.entry_count,
            "previous_hash": seal.previous_hash,
            "hash": seal.hash,
            "signature": seal.signature,
            "public_key": seal.public_key,
        }


def _entries() -> Iterator[dict[str, Any]]:
    """In pieces after (recorded_at, id), so that no long transaction is held."""
    after: tuple[datetime, int] | None = None
    while True:
        rows = TrailEntry.objects.order_by("recorded_at", "id")
        if after is not None:
            rows = rows.filter(recorded_at__gte=after[0]).exclude(recorded_at=after[0], id__lte=after[1])
        piece = list(rows.values_list(*FIELDS)[:BATCH])
        for pk, recorded_at, payload, previous, digest in piece:
            yield {
                "kind": "entry",
                "id": pk,
                "recorded_at": chain.utc_micros(recorded_at),
                "payload": payload,
                "previous_hash": previous,
                "hash": digest,
            }
        if len(piece) < BATCH:
            return
        after = (piece[-1][1], piece[-1][0])
