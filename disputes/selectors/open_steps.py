"""The steps open on a dispute that is known by its number alone, as its page's buttons show them."""

from datetime import datetime

from core.actor import Actor
from disputes.disclosure import disclosure
from disputes.errors import NotFound, NotPermitted
from disputes.selectors.detail import visible_dispute
from disputes.selectors.step_buttons import StepButton, buttons_for


def steps_open_to(by: Actor, number: str, now: datetime) -> list[StepButton]:
    """None where the reader sees no dispute, its stub, or it as it was."""
    try:
        dispute = visible_dispute(number, by)
    except (NotFound, NotPermitted):
        return []
    shown = disclosure(by, dispute)
    if shown.trail_until is not None:
        return []
    return buttons_for(dispute, by, now, inner=shown.level)
