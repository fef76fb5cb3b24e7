"""`GET /disputes/{number}/ledger/`: the chain with its texts, as far as the actor may read it."""

from typing import Any

from core.actor import Actor
from disputes.api.representation import iso
from disputes.disclosure import Disclosure, disclosure
from disputes.models import Dispute, TrailEntry
from disputes.selectors import trail


def entries(dispute: Dispute, by: Actor) -> list[dict[str, Any]]:
    shown = disclosure(by, dispute)
    return [_entry(row, shown) for row in trail.disclosed(dispute, shown)]


def _entry(row: TrailEntry, shown: Disclosure) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "step": row.step,
        "from": row.status_from,
        "to": row.status_to,
        "at": iso(row.at),
        "recorded_at": iso(row.recorded_at),
        "actor": row.actor_label,
        "data": trail.data_of(row, shown),
        "texts": trail.texts_of(row),
        "previous_hash": row.previous_hash,
        "hash": row.hash,
    }
