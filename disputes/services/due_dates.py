"""Due dates that moved without a step: an edited calendar, a pause that ended by itself."""

from collections.abc import Collection

from disputes.models import Dispute
from disputes.services import clocks


def note_moved(dispute_ids: Collection[int]) -> None:
    """Brings `next_due_at`, `resolve_by` and the suspended flag in line; the sweep holds the rows' locks."""
    for dispute in Dispute.objects.filter(pk__in=dispute_ids):
        clocks.note_next_due(dispute)
        resolve = clocks.running(dispute, clocks.DeadlineKind.RESOLVE)
        dispute.suspended = resolve is not None and resolve.paused and dispute.suspended
        dispute.save(update_fields=["next_due_at", "resolve_by", "suspended"])
