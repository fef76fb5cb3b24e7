"""Writes the search column of disputes anew, after the rule that makes it has changed."""

from django.db import connection, transaction

from core.search import tsvector_text

AT_ONCE = 500
ROWS = (
    "SELECT id, title, narrative FROM disputes_dispute WHERE id > %s AND search IS NOT NULL "
    "ORDER BY id LIMIT %s FOR NO KEY UPDATE"
)
WRITE = (
    "UPDATE disputes_dispute SET search = %s::tsvector WHERE id = %s AND search IS DISTINCT FROM %s::tsvector"
)


def rebuild(*, at_once: int = AT_ONCE) -> int:
    """How many rows were read. Batch by batch, each in its own transaction: it may run beside the county's work.

    Locks the rows of a batch. Rows without an index (their texts were erased) stay without. Safe to run again.
    """
    last, done = 0, 0
    while True:
        with transaction.atomic():
            rows = _batch(last, at_once)
        if not rows:
            return done
        last, done = rows[-1], done + len(rows)


def _batch(after: int, at_once: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [after, at_once])
        rows = cursor.fetchall()
        indexed = ((tsvector_text(f"{title}\n{narrative}"), pk) for pk, title, narrative in rows)
        cursor.executemany(WRITE, [(text, pk, text) for text, pk in indexed])
    return [pk for pk, _title, _narrative in rows]
