"""What the verification reads: disputes, entries and texts in pieces by dispute id, books, unsealed entries.

Plain SQL with moments as text: at seven million entries, half of the time went into objects nobody needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from core import crypto
from safekeeping.rules.faults import EntryRow, TextRow

BATCH = 1000  # disputes read at once
LAST = 2**62

DISPUTES = """
SELECT d.id, d.number, d.status, d.title, d.narrative, d.seq, b.year
FROM disputes_dispute d LEFT JOIN disputes_ledgerbook b ON b.id = d.book_id
WHERE d.id > %s ORDER BY d.id LIMIT %s
"""
ENTRIES = """
SELECT id, dispute_id, seq, payload, previous_hash, hash, step, status_from, status_to,
       to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
       user_id, appointment_id, on_behalf_of_id, organization_id, actor_label
FROM disputes_trailentry WHERE dispute_id > %s AND dispute_id <= %s ORDER BY dispute_id, seq
"""
COLUMNS = (
    "seq",
    "step",
    "from",
    "to",
    "at",
    "user",
    "appointment",
    "on_behalf_of",
    "organization",
    "actor",
)
TEXTS = """
SELECT x.entry_id, x.name, x.salt, x.text, x.erased_at IS NOT NULL
FROM disputes_entrytext x JOIN disputes_trailentry t ON t.id = x.entry_id
WHERE t.dispute_id > %s AND t.dispute_id <= %s
"""
BOOKS = """
SELECT b.id, o.code, b.year, b.last_seq, count(d.id), coalesce(max(d.seq), 0)
FROM disputes_ledgerbook b JOIN jurisdictions_organization o ON o.id = b.centre_id
LEFT JOIN disputes_dispute d ON d.book_id = b.id
GROUP BY b.id, o.code, b.year, b.last_seq ORDER BY o.code, b.year
"""
MISSING = """
SELECT n FROM generate_series(1, %s) AS n
WHERE NOT EXISTS (SELECT FROM disputes_dispute d WHERE d.book_id = %s AND d.seq = n) ORDER BY n LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class DisputeRow:
    id: int
    number: str
    status: str
    title: str
    narrative: str
    seq: int
    year: int | None


@dataclass
class Chunk:
    """Disputes with neighbouring ids; `entries` may hold ids without a dispute, whose row is gone."""

    disputes: list[DisputeRow]
    after: int  # the piece holds ids above this one
    upto: int
    entries: dict[int, list[EntryRow]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[int, list[TextRow]] = field(default_factory=lambda: defaultdict(list))


def chunks() -> Iterator[Chunk]:
    """The whole ledger. Each piece is read as of one moment for each table, so writers are never stopped."""
    after = 0
    while True:
        disputes = [DisputeRow(*row) for row in _rows(DISPUTES, [after, BATCH])]
        upto = disputes[-1].id if len(disputes) == BATCH else LAST
        yield _chunk(disputes, after, upto)
        if upto == LAST:
            return
        after = upto


def chunk_of(dispute_id: int) -> Chunk:
    """One dispute."""
    disputes = [DisputeRow(*row) for row in _rows(DISPUTES, [dispute_id - 1, 1])]
    return _chunk(disputes, dispute_id - 1, dispute_id)


def _chunk(disputes: list[DisputeRow], after: int, upto: int) -> Chunk:
    chunk = Chunk(disputes, after, upto)
    for id, dispute, seq, payload, previous, digest, *columns in _rows(ENTRIES, [after, upto]):
        stored = dict(zip(COLUMNS, (seq, *columns), strict=True))
        chunk.entries[dispute].append(EntryRow(id, seq, stored, payload, previous, digest))
    for entry, name, salt, token, erased in _rows(TEXTS, [after, upto]):
        chunk.texts[entry].append(TextRow(name, salt, _opened(token), erased))
    return chunk


def _opened(token: str) -> str:
    """What cannot be decrypted is not the text that was written."""
    try:
        return crypto.decrypt(token) if token else ""
    except crypto.InvalidToken:
        return "\0"


@dataclass(frozen=True, slots=True)
class BookRow:
    id: int
    centre: str
    year: int
    last_seq: int
    count: int
    highest: int


def books() -> list[BookRow]:
    return [BookRow(*row) for row in _rows(BOOKS, [])]


def missing_numbers(book: BookRow) -> list[int]:
    """The first fifty sequence numbers of the book that no dispute holds."""
    return [row[0] for row in _rows(MISSING, [max(book.last_seq, book.highest), book.id])]


def _rows(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
