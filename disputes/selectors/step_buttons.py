"""The buttons of a dispute's page: which steps somebody may take, in the order in which they move the case on."""

from dataclasses import dataclass
from datetime import datetime

from core.actor import Actor
from disputes import rights
from disputes.closing_conditions import current_of
from disputes.entry_words import words_of
from disputes.models import Dispute, NotResolved
from disputes.rules.lifecycle import MENDING, Step
from disputes.rules.not_resolved import AGAIN
from disputes.selectors.handing import came_to_the_wrong_window
from disputes.wording import ACCEPT_AND_ASSIGN


@dataclass(frozen=True)
class StepButton:
    """`leads`: moves the case on; `final`: cannot be undone."""

    id: str
    label: str
    final: bool
    leads: bool


AT_ONCE = "accept-and-assign"  # its place among the addresses of the steps
AHEAD, LAST = -1, 1000  # ranks before and after all those of the rows
MENDINGS = (*MENDING, "mark_conflict", "restrict", "lift_restriction")


def buttons_for(dispute: Dispute, by: Actor, now: datetime, *, inner: bool = True) -> list[StepButton]:
    """Those of the steps, and before 受理 the page that accepts and assigns at once, for who may do both.

    `inner` as for `rights.open_steps`.
    """
    buttons = buttons_of(rights.open_steps(by, dispute, now, inner=inner), dispute, current_of(dispute))
    at = next((place for place, button in enumerate(buttons) if button.id == "accept"), None)
    if at is not None and rights.refusal_to_take_on(by, dispute, now) is None:
        buttons.insert(at, StepButton(AT_ONCE, str(ACCEPT_AND_ASSIGN), final=False, leads=True))
    return buttons


def buttons_of(steps: list[Step], dispute: Dispute, found: NotResolved | None = None) -> list[StepButton]:
    """What moves the case on first; a case already revisited is closed next, not revisited again. What was `found` not
    resolved is given to a unit once more where the principal leader wants that."""
    order = {step.id: rank for step in steps if (rank := words_of(step.id).leads)}
    if came_to_the_wrong_window(dispute):
        order["pass_to"] = AHEAD
    if dispute.revisited_at is not None:
        order.pop("revisit", None)
    if found is not None:
        _after_no_result(order, found)
    ranked = sorted(steps, key=lambda step: order.get(step.id, LAST))
    return [StepButton(step.id, words_of(step.id).name, step.final, step.id in order) for step in ranked]


def _after_no_result(order: dict[str, int], found: NotResolved) -> None:
    if found.told_on is not None:
        order.pop("tell_routes", None)
    if found.answer:
        order.pop("answer_not_resolved", None)
    if found.answer != AGAIN:
        order.pop("assign", None)
