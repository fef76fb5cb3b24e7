"""§8 hears of registrations and steps, inside their transactions."""

from typing import Any

from disputes import events, extensions
from disputes.choices import Status
from disputes.events import DisputesRegistered, StepTaken
from disputes.rules import lifecycle
from early_warning.services import case_leaders, responsibility

HANDS = (Status.ASSIGNED, Status.ACCEPTED)  # by assigning, transferring, handing on, granting a return


def connect() -> None:
    extensions.register_beginning("responsibility", responsibility.begin)
    events.disputes_registered.connect(name_leader, dispatch_uid="early_warning.name_leader")
    events.step_taken.connect(follow_step, dispatch_uid="early_warning.follow_step")


def name_leader(sender: Any, event: DisputesRegistered, **_kwargs: Any) -> None:
    responsibility.name_on_registration(event.registered)


def follow_step(sender: Any, event: StepTaken, **_kwargs: Any) -> None:
    """The county let other towns in; facts were corrected; another department has it; a result was not reached; the
    case ended."""
    if event.step in ("accept_report", "mark_conflict", *lifecycle.MENDING) or _changes_hands(event):
        responsibility.reconsider_locked(event.dispute, now=event.now)
    if event.status_to == Status.NOT_RESOLVED and event.status_from != event.status_to:
        responsibility.pass_up_unsolved(dispute_id=event.dispute_id, now=event.now)
        responsibility.ask_principal(dispute_id=event.dispute_id, now=event.now)
    if event.status_to in lifecycle.ENDED and event.status_from not in lifecycle.ENDED:
        case_leaders.end_with_case(dispute_id=event.dispute_id, now=event.now)


def _changes_hands(event: StepTaken) -> bool:
    """A matter of one sector was given to a unit, or taken from it: its department's head answers for it (§8)."""
    return event.status_to in HANDS and len(event.dispute.involved_sectors) == 1
