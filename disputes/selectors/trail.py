"""The trail of a dispute as far as it is disclosed: one answer for page and API."""

from collections.abc import Sequence

from disputes.disclosure import LEVEL_STEPS, Disclosure
from disputes.models import Dispute, TrailEntry


def disclosed(dispute: Dispute, shown: Disclosure) -> Sequence[TrailEntry]:
    """Entries with their texts, oldest first: up to a return, and without level and plans where those are closed."""
    rows = dispute.trail.prefetch_related("texts").order_by()
    if shown.trail_until is not None:
        rows = rows.filter(at__lte=shown.trail_until)
    entries = [row for row in rows if shown.level or not row.step.startswith(LEVEL_STEPS)]
    return sorted(entries, key=lambda row: row.seq)
