"""Which steps of a dispute change who must resolve it, and what is done then, in this order."""

from disputes.choices import Status
from disputes.events import StepTaken
from disputes.rules import lifecycle
from disputes.services import not_resolved
from responsibility.services import case_leaders, naming

HANDS = (Status.ASSIGNED, Status.ACCEPTED)  # by assigning, transferring, handing on, granting a return


def follow(event: StepTaken) -> None:
    """The county let other towns in; facts were corrected; another department has it; a result was not reached; the
    case ended."""
    if event.step in ("accept_report", "mark_conflict", *lifecycle.MENDING) or _changes_hands(event):
        naming.reconsider_locked(event.dispute, now=event.now)
    if event.status_to == Status.NOT_RESOLVED and event.status_from != event.status_to:
        naming.pass_up_unsolved(dispute_id=event.dispute_id, now=event.now)
        not_resolved.tell_principals(event.dispute, now=event.now)  # once it is settled who is to answer (§8)
    if event.status_to in lifecycle.ENDED and event.status_from not in lifecycle.ENDED:
        case_leaders.end_with_case(dispute_id=event.dispute_id, now=event.now)


def _changes_hands(event: StepTaken) -> bool:
    """A matter of one sector was given to a unit, or taken from it: its department's head answers for it (§8)."""
    return event.status_to in HANDS and len(event.dispute.involved_sectors) == 1
