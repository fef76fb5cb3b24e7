"""The whole chain as JSON lines, for checking without the system (deploy/verify_offline.py).

Entries stand in the order in which they were recorded, which is the order the seals hash them in. No texts and
no names leave: payloads hold ids, codes and salted hashes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any, TextIO

from core import signatures
from disputes.models import LedgerBook, TrailEntry
from disputes.rules import chain
from safekeeping.rules import seals
from safekeeping.services import witness

FORMAT = 2  # of the file: 1 had neither the head in its first line nor the signature in its last
BATCH = 10_000
FIELDS = ("id", "recorded_at", "payload", "previous_hash", "hash")


def write_chain(out: TextIO, *, now: datetime) -> int:
    """Writes header, books, seals and entries; how many entries. Memory does not grow with them."""
    seals = [_seal(head) for head in witness.heads()]
    head = {
        "kind": "header",
        "format": FORMAT,
        "made_at": chain.utc_micros(now),
        "public_key": signatures.public_key(),
        "seals": len(seals),
        "seal": seals[-1]
        if seals
        else None,  # the head: with it alone, the seals below can be held to account
    }
    count = 0
    digest = hashlib.sha256()
    for line in (head, *_books(), *seals):
        _write(out, line, digest)
    for entry in _entries():
        _write(out, entry, digest)
        count += 1
    _write(out, _end(count, len(seals), digest.hexdigest()))
    return count


def _books() -> Iterator[dict[str, Any]]:
    for book in LedgerBook.objects.select_related("centre").order_by("pk"):
        centre = book.centre.code.removesuffix(".centre")
        yield {"kind": "book", "centre": centre, "year": book.year, "last_seq": book.last_seq}


def _seal(head: seals.Head) -> dict[str, Any]:
    return {"kind": "seal", **asdict(head), "day": head.day.isoformat()}


def _write(out: TextIO, line: dict[str, Any], digest: Any = None) -> None:
    text = json.dumps(line, ensure_ascii=False) + "\n"
    out.write(text)
    if digest is not None:
        digest.update(text.encode())


def _end(entries: int, seals: int, digest: str) -> dict[str, Any]:
    """The last line is signed over all before it: who cuts or strips the file cannot write another."""
    message = f"hejie-export:{FORMAT}:{entries}:{seals}:{digest}"
    end = {"kind": "end", "entries": entries, "seals": seals, "sha256": digest}
    return {**end, "signature": signatures.sign(message)}


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
