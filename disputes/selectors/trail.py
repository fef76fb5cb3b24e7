"""The trail of a dispute as far as it is disclosed: one answer for page and API."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch

from disputes.disclosure import LEVEL_DATA, LEVEL_STEPS, LEVEL_TEXTS, Disclosure
from disputes.models import Dispute, EntryText, TrailEntry


def disclosed(dispute: Dispute, shown: Disclosure) -> Sequence[TrailEntry]:
    """Entries with their texts, oldest first: up to a return, and without level and plans where those are closed."""
    texts = EntryText.objects.all() if shown.level else EntryText.objects.exclude(name__in=LEVEL_TEXTS)
    rows = dispute.trail.prefetch_related(Prefetch("texts", texts)).order_by()
    if shown.trail_until is not None:
        rows = rows.filter(at__lte=shown.trail_until)
    entries = [row for row in rows if shown.level or not row.step.startswith(LEVEL_STEPS)]
    return sorted(entries, key=lambda row: row.seq)


def data_of(row: TrailEntry, shown: Disclosure) -> dict[str, Any]:
    """What the entry keeps besides words, as far as it is disclosed."""
    data: dict[str, Any] = json.loads(row.payload)["data"]
    return data if shown.level else {key: value for key, value in data.items() if key not in LEVEL_DATA}
