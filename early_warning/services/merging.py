"""A merge never drops an open warning: the target carries it on, at the higher of both levels."""

from datetime import datetime

from core.actor import Actor
from disputes.models import Dispute
from disputes.services import upper
from early_warning.choices import Outcome, WarningState
from early_warning.services import imported_levels, warnings
from early_warning.services.telling import close_sight

CARRIED = "warning_carried_over"


def carry_over(*, dispute_id: int, by: Actor, now: datetime) -> None:
    """For subscribers of `merge`: both disputes' rows are locked by the step."""
    merged = Dispute.objects.select_related("category", "town", "place", "merged_into__category").get(
        pk=dispute_id
    )
    if merged.merged_into_id is None:
        return
    (target,) = upper.locked_many([merged.merged_into_id])
    imported_levels.carry_over(merged, target)
    warning = warnings.open_warning_of(merged)
    if warning is None:
        return
    system = Actor.system("merge")
    warnings.supersede(warning, Outcome.SUPERSEDED, now)
    warning.state, warning.lifted_at, warning.lifted_by = WarningState.LIFTED, now, by.acting
    warning.save()
    upper.set_level(merged, 0, by=system, now=now)
    data = {"warning": warning.pk, "level": warning.level, "into": target.number}
    upper.record(merged, CARRIED, data=data, by=system, now=now)
    warnings.propose(
        target, level=warning.level, happening=warning.happening, by=system, now=now, carried=warning
    )
    close_sight([merged], now)
