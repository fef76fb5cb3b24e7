"""The lifecycle of a dispute as one table. Buttons, permissions, API, tests and the diagram come from it."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from disputes.rules import step_inputs as given

REGISTERED, ACCEPTED, DECLINED, MERGED = "registered", "accepted", "declined", "merged"
ASSIGNED, IN_PROGRESS, RESULT_SUBMITTED = "assigned", "in_progress", "result_submitted"
SETTLED, PERFORMING, NOT_RESOLVED, ROUTED = "settled", "performing", "not_resolved", "routed"
CLOSED, ARCHIVED, WITHDRAWN, TRANSFERRED_OUT = "closed", "archived", "withdrawn", "transferred_out"
REOPENED = "reopened"

UNDISPATCHED = frozenset({ACCEPTED, REOPENED})
HANDLED = frozenset({ASSIGNED, IN_PROGRESS})
RESULT = frozenset({SETTLED, PERFORMING, NOT_RESOLVED, ROUTED, TRANSFERRED_OUT})
OPEN = frozenset({REGISTERED, RESULT_SUBMITTED, NOT_RESOLVED, ROUTED}) | UNDISPATCHED | HANDLED
RUNNING = OPEN | {
    PERFORMING,
    SETTLED,
}  # not closed and not ended otherwise: what is known of it can be put right
MERGEABLE = RUNNING  # what another dispute may be merged into
ENDED = frozenset({CLOSED, ARCHIVED, DECLINED, MERGED, WITHDRAWN, TRANSFERRED_OUT})


class Side(StrEnum):
    """Where the actor sits in relation to the dispute."""

    CENTRE = "centre"  # the centre that manages it: the receiving town's, or the county's after a report
    UNIT = "unit"  # the lead unit or the responsible person
    CENTRE_OR_UNIT = "centre_or_unit"
    COUNTY = "county"  # the county centre
    COUNTY_MANAGING = "county_managing"  # the county centre, of what it manages itself
    TOWN_MANAGING = "town_managing"  # a town's centre, of what it manages
    ORDERING = "ordering"  # the county centre that handed it down
    REVIEWER = "reviewer"  # the managing centre; once a town has approved what was handed down, the county's
    CENTRE_OR_COUNTY = "centre_or_county"
    DECIDER = "decider"  # the organization the pending request waits for
    ASKER = "asker"  # the side that put the pending request
    PRINCIPAL = (
        "principal"  # a principal leader (一把手) of the place that manages it, or who answers for it by §8
    )
    MENDER = "mender"  # who registered it, on that day; else the coordinator of the centre that manages it
    ANY = "any"


class Pending(StrEnum):
    NONE = ""
    REPORT_UP = "report_up"
    RETURN = "return"
    EXTENSION = "extension"
    APPROVAL = "approval"  # of a result, by the county that handed the dispute down


@dataclass(frozen=True)
class Step:
    """A row: who may take the step from where, and where it leads. `to` None: it stays, or the service decides."""

    id: str
    sources: frozenset[str]
    to: str | None
    permission: str
    seat: Side
    takes: type[Any] = given.Nothing  # what the step is given; its fields are the form's and the API's
    pending: Pending | None = None  # None: whatever pends
    needs_pending: bool = False  # only while a request waits, whichever
    unless_pending: bool = False  # refused while any request waits for its decision
    decides: frozenset[str] = frozenset()  # requests it decides where one waits; it is taken without one, too
    ends: frozenset[str] = frozenset()  # requests that end with this step instead of standing in its way
    final: bool = field(default=False)  # asks for confirmation: it cannot be undone
    tells_turn: bool = (
        True  # the runner tells whose turn it is then; else nothing is asked, or the step tells itself
    )
    tells_followers: bool = True

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The fields that must be given."""
        return given.needs(self.takes)

    @cached_property
    def optional(self) -> tuple[str, ...]:
        """The fields that may be left out."""
        return given.optional(self.takes)


def _step(
    step_id: str,
    sources: set[str] | frozenset[str],
    to: str | None,
    permission: str,
    seat: Side,
    takes: type[Any],
    **more: object,
) -> Step:
    return Step(step_id, frozenset(sources), to, permission, seat, takes, **more)  # type: ignore[arg-type]


def _by_itself(step_id: str, sources: set[str] | frozenset[str], to: str | None = None) -> Step:
    return _step(step_id, sources, to, "", Side.ANY, given.Nothing, tells_turn=False, tells_followers=False)


STEPS: dict[str, Step] = {
    step.id: step
    for step in (
        _step("accept", {REGISTERED}, ACCEPTED, "accept", Side.CENTRE, given.Accept),
        _step("decline", {REGISTERED}, DECLINED, "accept", Side.CENTRE, given.Decline, final=True),
        _step("merge", {REGISTERED} | UNDISPATCHED | HANDLED, MERGED, "accept", Side.CENTRE_OR_COUNTY,
              given.Merge, unless_pending=True, final=True),
        _step("assign", UNDISPATCHED | {NOT_RESOLVED}, ASSIGNED, "dispatch", Side.CENTRE, given.Assign,
              unless_pending=True),
        _step("hand_down", {REGISTERED, NOT_RESOLVED} | UNDISPATCHED, REGISTERED, "dispatch", Side.COUNTY_MANAGING,
              given.HandDown, unless_pending=True),
        _step("recall", {REGISTERED, RESULT_SUBMITTED} | UNDISPATCHED | HANDLED, None, "dispatch", Side.ORDERING,
              given.Reason, ends=frozenset(Pending) - {Pending.NONE}),
        _step("pass_to", {REGISTERED} | UNDISPATCHED, None, "dispatch", Side.TOWN_MANAGING, given.PassTo,
              unless_pending=True),
        _step("report_up", {REGISTERED, NOT_RESOLVED} | UNDISPATCHED | HANDLED, None, "report_up", Side.CENTRE,
              given.Reason, unless_pending=True),
        _step("accept_report", {REGISTERED, NOT_RESOLVED} | UNDISPATCHED | HANDLED, ACCEPTED, "accept_report",
              Side.COUNTY, given.AcceptReport, pending=Pending.REPORT_UP),
        _step("sign_for", {ASSIGNED}, IN_PROGRESS, "handle", Side.UNIT, given.SignFor),
        _step("change_person", HANDLED, None, "handle", Side.UNIT, given.ChangePerson),
        _step("request_return", HANDLED, None, "handle", Side.UNIT, given.RequestReturn, unless_pending=True),
        _step("decide_return", HANDLED, None, "dispatch", Side.DECIDER, given.Decide, pending=Pending.RETURN),
        _step("take_back", {REGISTERED, NOT_RESOLVED, RESULT_SUBMITTED} | UNDISPATCHED | HANDLED, None,
              "view_disputes", Side.ASKER, given.Nothing, needs_pending=True),
        _step("transfer", HANDLED, ASSIGNED, "dispatch", Side.CENTRE, given.Transfer, unless_pending=True),
        _step("report_progress", {IN_PROGRESS, PERFORMING, ROUTED, NOT_RESOLVED}, None, "handle", Side.UNIT,
              given.ReportProgress),
        _step("suspend", {IN_PROGRESS}, None, "handle", Side.CENTRE_OR_UNIT, given.Suspend),
        _step("resume", {IN_PROGRESS}, None, "handle", Side.CENTRE_OR_UNIT, given.Nothing),
        _step("begin_mediation", {IN_PROGRESS}, None, "handle", Side.UNIT, given.BeginMediation,
              unless_pending=True),
        _step("request_extension", {IN_PROGRESS}, None, "handle", Side.UNIT, given.RequestExtension,
              unless_pending=True),
        _step("decide_extension", {IN_PROGRESS}, None, "view_disputes", Side.DECIDER, given.Decide,
              pending=Pending.EXTENSION),
        _step("submit_result", {IN_PROGRESS, ROUTED}, RESULT_SUBMITTED, "handle", Side.UNIT, given.SubmitResult,
              unless_pending=True, ends=frozenset({Pending.EXTENSION})),
        _step("approve_result", {RESULT_SUBMITTED}, None, "dispatch", Side.REVIEWER, given.ApproveResult,
              decides=frozenset({Pending.APPROVAL})),
        _step("reject_result", {RESULT_SUBMITTED}, IN_PROGRESS, "dispatch", Side.REVIEWER, given.Reason,
              decides=frozenset({Pending.APPROVAL})),
        _step("revisit", {SETTLED, PERFORMING, NOT_RESOLVED, ROUTED}, None, "revisit", Side.CENTRE,
              given.Revisit),
        _step("tell_routes", {NOT_RESOLVED}, None, "revisit", Side.CENTRE, given.TellRoutes, tells_turn=False),
        _step("answer_not_resolved", {NOT_RESOLVED}, None, "lead", Side.PRINCIPAL, given.AnswerNotResolved,
              tells_turn=False),
        _step("close", {SETTLED, PERFORMING, NOT_RESOLVED, ROUTED, WITHDRAWN, TRANSFERRED_OUT}, CLOSED, "close",
              Side.CENTRE, given.Nothing, unless_pending=True, final=True),
        _step("archive", {CLOSED}, ARCHIVED, "close", Side.CENTRE, given.Nothing, final=True),
        _step("reopen", {CLOSED, ARCHIVED, WITHDRAWN, DECLINED, SETTLED}, REOPENED, "reopen", Side.CENTRE,
              given.Reason),
        _step("withdraw", {REGISTERED} | UNDISPATCHED | HANDLED, WITHDRAWN, "accept", Side.CENTRE, given.Reason,
              unless_pending=True, final=True),
        _step("correct", RUNNING, None, "register", Side.MENDER, given.Correct),
        _step("add_party", RUNNING, None, "register", Side.MENDER, given.AddParty),
        _step("correct_party", RUNNING, None, "register", Side.MENDER, given.CorrectParty),
        _step("mark_conflict", RUNNING, None, "register", Side.MENDER, given.MarkConflict),
        _step("restrict", RUNNING, None, "register", Side.MENDER, given.Reason),
        _step("lift_restriction", RUNNING, None, "accept", Side.CENTRE, given.Reason),
        _step("instruct", RUNNING, None, "lead", Side.ANY, given.Instruct, tells_turn=False),
        _step("comment", RUNNING, None, "view_disputes", Side.ANY, given.Comment, tells_turn=False),
        _step("correct_comment", RUNNING, None, "view_disputes", Side.ANY, given.CorrectComment, tells_turn=False),
        _step("answer_origin", OPEN | RESULT | ENDED, None, "dispatch", Side.CENTRE, given.AnswerOrigin,
              tells_turn=False),
    )
}  # fmt: skip

# Acts nobody chooses from a list: what silence leads to, and settling with the registration. They tell by themselves.
BY_ITSELF: dict[str, Step] = {
    step.id: step
    for step in (
        _by_itself("settle_on_spot", {REGISTERED}, SETTLED),
        _by_itself("told_again", OPEN),
        _by_itself("decision_moved_up", OPEN),
        _by_itself("decider_reminded", OPEN),
        _by_itself("request_voided", OPEN),
    )
}

# approve_result: what the reviewer finds and what the handler had reported → the state it leads to
REVIEWED: dict[str, str] = {"settled": SETTLED, "not_resolved": NOT_RESOLVED, "routed": ROUTED}
AGREED = frozenset({"written_agreement", "oral_agreement", "decision"})
LED_ELSEWHERE = frozenset({"routed", "transferred_out"})

# What was taken down put right: facts and parties change, whose turn it is and the state do not.
MENDING = ("correct", "add_party", "correct_party")

# What colleagues say to each other beside the work: no official act, nobody's turn, date or duty changes by it.
TALK = ("comment", "correct_comment")

# A request → whose it is to take back: the side that put it, whoever sits there by now.
ASKED_BY: dict[str, tuple[Side, str]] = {
    Pending.REPORT_UP: (Side.CENTRE, "report_up"),
    Pending.RETURN: (Side.UNIT, "handle"),
    Pending.EXTENSION: (Side.UNIT, "handle"),
    Pending.APPROVAL: (Side.CENTRE, "dispatch"),
}
# The levels at which §7 wants everybody to act at once; danger to a person asks the same.
AT_ONCE = frozenset({1, 2})
# A state → the centre's own clock that a report to the county meets; taken back, the report leaves it running.
UNTIL_REPORTED = {
    **{REGISTERED: "accept", ACCEPTED: "dispatch", REOPENED: "dispatch", NOT_RESOLVED: "dispatch"},
    RESULT_SUBMITTED: "review",
}
# Where a dispute found not resolved goes on; `closed` is its only end (rules.not_resolved says what it needs).
GOES_ON = frozenset({ASSIGNED, REGISTERED, ACCEPTED})
# Only in this state the resolve clock may rest for a lawful route; whatever leads out of it ends that.
MAY_REST = IN_PROGRESS

# A state → who must act, as (seat, role); the role is whose homepage shows it.
WAITING: dict[str, tuple[Side, str]] = {
    REGISTERED: (Side.CENTRE, "coordinator"),
    ACCEPTED: (Side.CENTRE, "coordinator"),
    REOPENED: (Side.CENTRE, "coordinator"),
    ASSIGNED: (Side.UNIT, "handler"),
    IN_PROGRESS: (Side.UNIT, "handler"),
    RESULT_SUBMITTED: (Side.CENTRE, "coordinator"),
    SETTLED: (Side.CENTRE, "clerk"),
    PERFORMING: (Side.UNIT, "handler"),
    NOT_RESOLVED: (Side.CENTRE, "clerk"),
    ROUTED: (Side.UNIT, "handler"),
    TRANSFERRED_OUT: (Side.CENTRE, "coordinator"),
    WITHDRAWN: (Side.CENTRE, "coordinator"),
    CLOSED: (Side.CENTRE, "coordinator"),
}


def is_urgent(level: int, *, danger: bool) -> bool:
    """Whether the clocks of taking the case on count in hours."""
    return danger or level in AT_ONCE


def allowed(step: Step, status: str, pending: str) -> bool:
    """Whether the table has a row for this step in this state, whatever the actor."""
    if status not in step.sources:
        return False
    if step.pending is not None:
        return pending == step.pending
    return bool(pending) if step.needs_pending else not blocked(step, pending)


def blocked(step: Step, pending: str) -> bool:
    """Whether a request that waits for its decision stands in the way."""
    return step.unless_pending and bool(pending) and pending not in step.ends


def status_after_review(found: str, reported: str, *, performs_later: bool) -> str:
    """The state approve_result leads to. An agreement with open obligations is `performing`."""
    if found == "settled":
        return PERFORMING if performs_later else SETTLED
    if found == "routed" and reported == "transferred_out":
        return TRANSFERRED_OUT
    return REVIEWED[found]


def finding_for(reported: str) -> str:
    """What a reviewer finds who agrees with the report: settled, on another route, or without result."""
    if reported in AGREED:
        return "settled"
    return "routed" if reported in LED_ELSEWHERE else "not_resolved"


def review_contradicts(found: str, reported: str) -> bool:
    """A refusal or a failed mediation cannot be found settled; an agreement cannot be found without result."""
    if found == "settled":
        return reported not in AGREED
    return reported in AGREED
