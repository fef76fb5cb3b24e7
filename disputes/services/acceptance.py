"""Accept, decline, withdraw: whether the county takes the matter on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from calendars.models import Deadline
from core.clock import shanghai_date
from core.language import in_house_language
from disputes import rights
from disputes.choices import DeadlineKind, RestrictionAnswer, Route
from disputes.errors import InvalidInput
from disputes.rules import lifecycle
from disputes.rules.step_inputs import Accept, Decline, Reason
from disputes.services import clocks, handing, restricting, restriction_questions
from disputes.services.step_runner import Move, StepRun, finish
from disputes.wording_papers import shut_routes


def accept(run: StepRun, given: Accept) -> Move:
    """受理: starts the resolve clock by rule, or up to the day the coordinator names. `level`: see `level_answer`;
    `restricted` answers whether few should know, at once: True restricts in an entry of its own."""
    dispute, beside = run.dispute, level_answer(given.level, given.reason)
    if given.resolve_by is not None:
        require_limit(run, given.resolve_by)
    answered = _few_know(run, given.restricted)
    dispute.accepted_at = dispute.accepted_at or run.now
    clocks.meet(dispute, DeadlineKind.ACCEPT, by=run.by, now=run.now)
    clock = _limit(run, given.resolve_by)
    opened = clocks.start_all(
        [
            *(
                []
                if clock
                else [clocks.opening(dispute, DeadlineKind.RESOLVE, run.now, due_at=given.resolve_by)]
            ),
            clocks.opening(dispute, DeadlineKind.DISPATCH, run.now),
        ],
        now=run.now,
    )
    clock = clock or opened[0]
    data = {"resolve_by": clock.due_at.isoformat(), **answered}
    return Move(data=data, texts={"note": given.note}, beside=beside)


def _few_know(run: StepRun, restricted: bool | None) -> dict[str, object]:
    """The coordinator's answer, nothing where none was given. Raises InvalidInput (`restricted`)."""
    dispute = run.dispute
    if restricted is None:
        return {}
    if restricted:
        if not dispute.is_restricted:
            _restrict(run)
        return {}
    if dispute.is_restricted:
        raise InvalidInput({"restricted": [_("本件已经限制知悉，要解除的请单独办理“解除限制知悉”。")]})
    no = RestrictionAnswer.NO
    asked = restriction_questions.answer(dispute, no, by=run.by.acting, now=run.now)
    return {"restriction": {"answer": no.value}} if asked else {}


@in_house_language
def _restrict(run: StepRun) -> None:
    """限制知悉 has its own entry and its own rule of who may, whoever takes both steps in one act."""
    step = lifecycle.STEPS["restrict"]
    refused = rights.refusal(run.by, step, run.dispute, run.now)
    if refused is not None:
        raise refused
    inner = StepRun(run.dispute, step, run.by, run.now)
    finish(inner, restricting.restrict(inner, Reason(reason=_("受理时核对登记文字，需要限制知悉。"))))


def level_answer(level: int | None, reason: str) -> Mapping[str, Any]:
    """What the coordinator answers about the warning level, for the app that keeps levels: 0 to 3, 0 is an answer.

    None: nobody answered, so what was proposed stands as it is. Raises InvalidInput (`reason`).
    """
    if level is not None:
        return {"level": level, "reason": reason.strip()}
    if reason.strip():
        raise InvalidInput({"reason": [_("没有核定预警级别，这条理由无处可记。请同时核定级别。")]})
    return {}


def _limit(run: StepRun, day: date | None) -> Deadline | None:
    """What another centre told the party stays so, or ends sooner; None where nobody told them: then it begins now."""
    dispute = run.dispute
    clock = clocks.running(dispute, DeadlineKind.RESOLVE) if dispute.resolve_by is not None else None
    if clock is None or day is None:
        return clock
    if day > shanghai_date(clock.due_at):
        latest = shanghai_date(clock.due_at)
        raise InvalidInput({"resolve_by": [_("不能晚于已经告知当事人的化解时限 %s。") % latest]})
    return clocks.restart(dispute, DeadlineKind.RESOLVE, by=run.by, now=run.now, due_at=day)


def decline(run: StepRun, given: Decline) -> Move:
    """不予受理: with the reason and the lawful routes the party is told of; never one that the reason itself shuts.
    Raises InvalidInput (`routes`)."""
    unknown = [route for route in given.routes if route not in Route.values]
    if unknown:
        raise InvalidInput({"routes": [_("没有这种途径：%s") % "、".join(unknown)]})
    if shut := shut_routes(given.reason, given.routes):
        raise InvalidInput({"routes": [shut]})
    clocks.meet(run.dispute, DeadlineKind.ACCEPT, by=run.by, now=run.now)
    clocks.end_all(run.dispute, by=run.by, now=run.now)
    return Move(data={"routes": sorted(given.routes)}, texts={"reason": given.reason})


def withdraw(run: StepRun, given: Reason) -> Move:
    """撤回: the party no longer asks. An open warning stays open."""
    end_assignment(run)
    clocks.end_all(run.dispute, by=run.by, now=run.now)
    county = run.dispute.handed_down_by
    if county is not None:
        title = _("%s 因当事人撤回，由乡镇结束办理") % run.dispute.display_number
        handing.tell_county(run, county, title, kind="withdrawn")
    return Move(texts={"reason": given.reason})


def end_assignment(run: StepRun) -> None:
    """Ends the current assignment, if any; the unit keeps its sight of the file."""
    run.dispute.assignments.filter(ended_at=None).update(ended_at=run.now, ended_by_step=run.step.id)


def require_future(run: StepRun, field: str, day: date) -> None:
    if day <= shanghai_date(run.now):
        raise InvalidInput({field: [_("日期须晚于今天。")]})


def require_limit(run: StepRun, day: date) -> None:
    """A named day for settling: in the future, and of what was handed down not after the county's date."""
    require_future(run, "resolve_by", day)
    county = run.dispute.county_due_at
    if county is not None and day > shanghai_date(county):
        said = _("不能晚于县级要求的 %s；需要更多时间的，由承办单位申请延期，报县综治中心决定。")
        raise InvalidInput({"resolve_by": [said % shanghai_date(county)]})
