"""What the responsible unit does: sign, report, pause lawfully, ask for time, submit the result."""

from django.utils.translation import gettext as _

from core.clock import shanghai_date
from disputes.choices import DeadlineKind, Outcome, RequestKind
from disputes.errors import InvalidInput, WrongState
from disputes.rules.step_inputs import (
    ChangePerson,
    Decide,
    Nothing,
    ReportProgress,
    RequestExtension,
    SignFor,
    SubmitResult,
    Suspend,
)
from disputes.services import access, clocks, handing, lawful_mediation
from disputes.services.acceptance import require_future
from disputes.services.dispatch import ask, decide, person_of
from disputes.services.step_runner import Move, StepRun
from jurisdictions.choices import OrganizationKind
from jurisdictions.models import Organization

MAX_EXTENSION_DAYS = 180  # a sanity bound of the form, not a legal limit


def sign_for(run: StepRun, given: SignFor) -> Move:
    """签收: the unit takes the assignment; naming another of its people is 改派, not a transfer."""
    dispute = run.dispute
    dispute.assignments.filter(ended_at=None).update(signed_at=run.now)
    clocks.meet(dispute, DeadlineKind.SIGN_FOR, by=run.by, now=run.now)
    if given.person:
        _hand_to(run, given.person)
    assert dispute.responsible_person is not None
    data = {"person": dispute.responsible_person.pk} | lawful_mediation.on_signing(run)
    return Move(data=data, access_changed=bool(given.person))


def change_person(run: StepRun, given: ChangePerson) -> Move:
    """改派责任人 within the unit."""
    assert run.dispute.responsible_person is not None
    before = run.dispute.responsible_person.pk
    _hand_to(run, given.person)
    after = run.dispute.responsible_person.pk
    return Move(data={"person": after, "before": before}, access_changed=True)


def report_progress(_case: StepRun, given: ReportProgress) -> Move:
    """报告进展: what was done, in words; upper apps may re-grade on new facts."""
    return Move(texts={"account": given.account})


def suspend(run: StepRun, given: Suspend) -> Move:
    """中止: while a lawful route runs, the resolve clock is paused by a row naming it. Warning clocks never pause."""
    require_future(run, "until", given.until)
    clock = clocks.running(run.dispute, DeadlineKind.RESOLVE)
    if clock is None:
        raise WrongState(_("该纠纷没有正在计算的化解时限。"))
    clocks.pause(clock, route="lawful_route", reason=given.reason, until=given.until, by=run.by, now=run.now)
    run.dispute.suspended = True
    return Move(data={"until": given.until.isoformat()}, texts={"reason": given.reason})


def resume(run: StepRun, _given: Nothing) -> Move:
    """恢复: the clock goes on; the pause stays as a row."""
    clocks.end_rest(run.dispute, by=run.by, now=run.now)
    run.dispute.suspended = False
    return Move()


def request_extension(run: StepRun, given: RequestExtension) -> Move:
    """申请延期: at least a working day before expiry; the first to the dispatcher, a further one to the leader."""
    dispute = run.dispute
    if not 1 <= given.days <= MAX_EXTENSION_DAYS:
        raise InvalidInput({"days": [_("请填写 1 至 %d 天。") % MAX_EXTENSION_DAYS]})
    clock = clocks.running(dispute, DeadlineKind.RESOLVE)
    if clock is None or clock.missed_at is not None or not clocks.may_still_ask(dispute, clock, now=run.now):
        raise WrongState(_("延期须在到期前至少一个工作日提出，现已来不及申请。请抓紧办理并报告进展。"))
    before = dispute.requests.filter(kind=RequestKind.EXTENSION, granted=True).exists()
    decider = _leaders_of(run) if before else dispute.managing_org
    if handing.goes_beyond(dispute, clock.due_at, given.days, run.now) and dispute.handed_down_by is not None:
        decider = dispute.handed_down_by  # its date is the county's to move
    ask(run, RequestKind.EXTENSION, decider, reason=given.reason, days=given.days)
    clocks.start_decision(dispute, clock, now=run.now)
    return Move(
        data={"days": given.days, "to": decider.code, "again": before}, texts={"reason": given.reason}
    )


def decide_extension(run: StepRun, given: Decide) -> Move:
    """审批延期: before expiry, also while the clock rests; the party is told the new date and why."""
    request = decide(run, granted=given.granted)
    clocks.meet(run.dispute, DeadlineKind.EXTENSION_DECISION, by=run.by, now=run.now)
    data: dict[str, object] = {"granted": given.granted, "days": request.days}
    clock = clocks.running(run.dispute, DeadlineKind.RESOLVE)
    if given.granted and clock is not None and request.days:
        if request.decides_org_id == run.dispute.handed_down_by_id:
            data |= handing.lengthen(run, request.days, given.reason)
        longer = clocks.extend(clock, days=request.days, reason=given.reason, by=run.by, now=run.now)
        data["resolve_by"] = longer.due_at.isoformat()
    return Move(data=data, texts={"reason": given.reason})


def submit_result(run: StepRun, given: SubmitResult) -> Move:
    """报结: the day of submission counts for the resolve-by date; a rejection lets the same date run on."""
    dispute = run.dispute
    if given.outcome not in Outcome.values:
        raise InvalidInput({"outcome": [_("请选择办理结果。")]})
    if given.performance_until is not None:
        require_future(run, "performance_until", given.performance_until)
    clocks.end_rest(dispute, by=run.by, now=run.now)  # before the clock is met: it counts what really rested
    dispute.reported_outcome, dispute.result_summary = given.outcome, given.account
    dispute.submitted_at, dispute.performance_until = run.now, given.performance_until
    clocks.meet(dispute, DeadlineKind.RESOLVE, by=run.by, now=run.now)
    clocks.restart(dispute, DeadlineKind.REVIEW, by=run.by, now=run.now)
    return Move(data={"outcome": given.outcome}, texts={"account": given.account})


def _hand_to(run: StepRun, username: str) -> None:
    dispute = run.dispute
    assert dispute.lead_unit is not None
    person = person_of(run, dispute.lead_unit, username)
    dispute.responsible_person = person
    dispute.assignments.filter(ended_at=None).update(person=person)
    access.open_to_unit(dispute, dispute.lead_unit, person, now=run.now)


def _leaders_of(run: StepRun) -> Organization:
    """Who decides beyond the dispatcher: the responsible leader's organization, else the government of the place."""
    dispute = run.dispute
    if dispute.responsible_leader is not None:
        return dispute.responsible_leader.organization
    here = Organization.objects.filter(place=dispute.managing_org.place, kind=OrganizationKind.GOVERNMENT)
    return here.valid_on(shanghai_date(run.now)).first() or dispute.managing_org
