"""The one door through which pages and API take a lifecycle step."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.actor import Actor
from disputes.models import Dispute
from disputes.services import (
    acceptance,
    closing,
    commenting,
    conflict_marks,
    correcting,
    dispatch,
    handing_steps,
    handling,
    instructing,
    lawful_mediation,
    merging,
    not_resolved_steps,
    origins,
    parties,
    restricting,
)
from disputes.services.step_runner import Mover, run_step, step_of

MOVERS: dict[str, Mover] = {
    "accept": acceptance.accept,
    "decline": acceptance.decline,
    "merge": merging.merge,
    "withdraw": acceptance.withdraw,
    "assign": dispatch.assign,
    "transfer": dispatch.transfer,
    "hand_down": handing_steps.hand_down,
    "recall": handing_steps.recall,
    "pass_to": handing_steps.pass_to,
    "report_up": dispatch.report_up,
    "accept_report": dispatch.accept_report,
    "request_return": dispatch.request_return,
    "decide_return": dispatch.decide_return,
    "take_back": dispatch.take_back,
    "sign_for": handling.sign_for,
    "change_person": handling.change_person,
    "report_progress": handling.report_progress,
    "suspend": handling.suspend,
    "resume": handling.resume,
    "begin_mediation": lawful_mediation.begin_mediation,
    "request_extension": handling.request_extension,
    "decide_extension": handling.decide_extension,
    "submit_result": handling.submit_result,
    "approve_result": closing.approve_result,
    "reject_result": closing.reject_result,
    "revisit": closing.revisit,
    "tell_routes": not_resolved_steps.tell_routes,
    "answer_not_resolved": not_resolved_steps.answer_not_resolved,
    "close": closing.close,
    "archive": closing.archive,
    "reopen": closing.reopen,
    "correct": correcting.correct,
    "add_party": parties.add_party,
    "correct_party": parties.correct_party,
    "mark_conflict": conflict_marks.mark_conflict,
    "restrict": restricting.restrict,
    "lift_restriction": restricting.lift_restriction,
    "instruct": instructing.instruct,
    "comment": commenting.comment,
    "correct_comment": commenting.correct_comment,
    "answer_origin": origins.answer_origin,
}


def take(
    step_id: str,
    *,
    number: str,
    data: Mapping[str, Any],
    by: Actor,
    now: datetime,
    version: int | None = None,
) -> Dispute:
    """Takes the step; `data` as the table names its fields, dates and booleans already parsed, units by code.

    `version` is what the caller saw; another one raises StaleVersion naming who acted. See `run_step` for the rest.
    """
    return run_step(
        step_of(step_id), MOVERS[step_id], number=number, data=data, by=by, now=now, version=version
    )
