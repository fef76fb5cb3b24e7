"""The steps open on a dispute that is known by its number alone, as its page's buttons show them."""

from datetime import datetime

from core.actor import Actor
from disputes.disclosure import disclosure
from disputes.errors import NotFound, NotPermitted
from disputes.rules.lifecycle import TALK
from disputes.selectors.detail import visible_dispute
from disputes.selectors.step_buttons import StepButton, buttons_for


def steps_open_to(by: Actor, number: str, now: datetime) -> list[StepButton]:
    """None where the reader sees no dispute, its stub, or it as it was. What colleagues write to each other has its
    place on the page itself and is no line of a list."""
    try:
        dispute = visible_dispute(number, by)
    except (NotFound, NotPermitted):
        return []
    shown = disclosure(by, dispute)
    if shown.trail_until is not None:
        return []
    buttons = buttons_for(dispute, by, now, inner=shown.level)
    return [button for button in buttons if button.id not in TALK]
