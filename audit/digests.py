"""Hashes over stretches of the recorded facts, for the seals. The database hashes, so that nothing travels."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

BLOCK = 10_000  # ids; part of the format: another size gives another digest
HASHED = """
SELECT count(*), encode(sha256(convert_to(string_agg(concat_ws('|', id,
       (extract(epoch FROM recorded_at) * 1000000)::bigint, xact, kind, row_id, coalesce(dispute_id, 0), op,
       facts::text), E'\\n' ORDER BY id), 'UTF8')), 'hex')
FROM audit_factrecord WHERE id > %s AND id <= %s
"""


def blocks(after: int, upto: int) -> Iterator[tuple[int, str]]:
    """(count, SHA-256) of the records with ids above `after`, up to `upto`, in blocks that begin at round ids."""
    while after < upto:
        end = min(upto, (after // BLOCK + 1) * BLOCK)
        with connection.cursor() as cursor:
            cursor.execute(HASHED, [after, end])
            count, digest = cursor.fetchone()
        if count:
            yield count, digest
        after = end


def last_id() -> int:
    """The highest id given so far. Everything up to it is committed or gone if no writer is under way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM audit_factrecord_id_seq")
        return int(cursor.fetchone()[0])
