"""Disputes whose text may be of the same matter, found through the search index by the rarest pairs of characters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import connection

from disputes.rules.similarity import Commonness


@dataclass(frozen=True)
class Effort:
    """How many pairs are looked up and how many disputes brought back."""

    pairs: int
    disputes: int


WHILE_TYPING, WHEN_REGISTERED = Effort(40, 40), Effort(12, 10)  # a registration must stay quick
LEAST_SHARED = 2  # of the pairs looked for
KEPT_FOR = 600  # seconds a process goes by the same figures
STATISTICS = """
    SELECT most_common_elems::text::text[], most_common_elem_freqs,
           (SELECT reltuples FROM pg_class WHERE oid = 'disputes_dispute'::regclass)
    FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'disputes_dispute' AND attname = 'search'
"""
# one statement for all pairs: planned apart, each would read the statistics of the index again
SHARING = """
    SELECT id FROM unnest(%s::text[]) AS pair
    CROSS JOIN LATERAL (
        SELECT id FROM disputes_dispute WHERE search @@ pair::tsquery AND registered_at >= %s
    ) AS holding
    GROUP BY id HAVING count(*) >= %s ORDER BY count(*) DESC, id DESC LIMIT %s
"""


def commonness(now: datetime) -> Commonness:
    """How common each pair is, by the planner's own statistics of the index. At most one query in ten minutes."""
    return _read(int(now.timestamp()) // KEPT_FOR)


def forget() -> None:
    """For tests and after a bulk load: reads the figures again the next time."""
    _read.cache_clear()


@lru_cache(maxsize=1)
def _read(_period: int) -> Commonness:
    with connection.cursor() as cursor:
        cursor.execute(STATISTICS)
        row = cursor.fetchone()
    if row is None or not row[0] or row[2] <= 0:
        return Commonness()
    pairs, shares, disputes = row
    counts = {pair: share * disputes for pair, share in zip(pairs, shares, strict=False)}
    return Commonness(disputes, counts, min(counts.values()))


def sharing(pairs: frozenset[str], *, since: datetime, known: Commonness, effort: Effort) -> list[int]:
    """Ids of disputes that share the most of the rarest pairs, whoever's they are; sight is asked for these few."""
    asked = known.rarest(pairs, most=effort.pairs)
    if not asked:
        return []
    least = min(LEAST_SHARED, len(asked))
    with connection.cursor() as cursor:
        cursor.execute(SHARING, [[f"'{pair}'" for pair in asked], since, least, effort.disputes])
        return [pk for (pk,) in cursor.fetchall()]
