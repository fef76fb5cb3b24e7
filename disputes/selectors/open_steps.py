"""The steps open on a dispute that is known by its number alone, as its page's buttons show them."""

from datetime import datetime

from core.actor import Actor
from disputes import policies
from disputes.disclosure import disclosure
from disputes.errors import NotFound, NotPermitted
from disputes.selectors.detail import visible_dispute
from disputes.selectors.not_resolved import current_of
from disputes.selectors.step_buttons import StepButton, buttons_of


def steps_open_to(by: Actor, number: str, now: datetime) -> list[StepButton]:
    """None where the reader sees no dispute, its stub, or it as it was."""
    try:
        dispute = visible_dispute(number, by)
    except (NotFound, NotPermitted):
        return []
    if disclosure(by, dispute).trail_until is not None:
        return []
    return buttons_of(policies.open_steps(by, dispute, now), dispute, current_of(dispute))
