"""Review the result, revisit, close, archive, reopen."""

from django.utils.translation import gettext as _

from accounts.models import Appointment
from accounts.permissions import Permission
from accounts.roles import ROLES
from core.clock import shanghai_date
from disputes.choices import DeadlineKind, RequestKind, ReviewOutcome, RevisitWay
from disputes.errors import InvalidInput, NotPermitted, WrongState
from disputes.models import TrailEntry
from disputes.rules import lifecycle
from disputes.rules.lifecycle import Pending
from disputes.rules.step_inputs import ApproveResult, Nothing, Reason, Revisit
from disputes.services import access, clocks, handing
from disputes.services.acceptance import end_assignment
from disputes.services.dispatch import ask, decide
from disputes.services.step_runner import Move, StepRun
from jurisdictions.models import Organization

REVIEWING_ROLES = [role for role, powers in ROLES.items() if Permission.DISPATCH in powers.permissions]
TRIES_BEFORE_WAIVER = 2


def approve_result(run: StepRun, given: ApproveResult) -> Move:
    """审结 by a second person, or with the record 一人岗，免审 where there is only one."""
    dispute = run.dispute
    if given.outcome not in ReviewOutcome.values:
        raise InvalidInput({"outcome": [_("请选择审结意见。")]})
    if lifecycle.review_contradicts(given.outcome, dispute.reported_outcome):
        raise InvalidInput({"outcome": [_("审结意见与报结结果不一致，请核对或退回重办。")]})
    single = _single_post(run)
    if dispute.pending == Pending.APPROVAL:
        decide(run, granted=True)
        clocks.meet(dispute, DeadlineKind.COUNTY_REVIEW, by=run.by, now=run.now)
    elif dispute.handed_down_by is not None:
        return _ask_county(run, dispute.handed_down_by, given.outcome, given.note, single=single)
    performs_later = dispute.performance_until is not None and dispute.performance_until >= shanghai_date(
        run.now
    )
    to = lifecycle.status_after_review(given.outcome, dispute.reported_outcome, performs_later=performs_later)
    clocks.meet(dispute, DeadlineKind.REVIEW, by=run.by, now=run.now)
    dispute.revisited_at = None  # who was asked before has not said what they think of this result
    if given.outcome == ReviewOutcome.SETTLED:
        _settle(run)
    elif given.outcome == ReviewOutcome.NOT_RESOLVED:
        clocks.start(dispute, DeadlineKind.DISPATCH, now=run.now)
        end_assignment(run)
    if given.outcome != ReviewOutcome.NOT_RESOLVED:
        clocks.meet_sender(dispute, by=run.by, now=run.now)
    data = {"outcome": given.outcome, "reported": dispute.reported_outcome, "single_post": single}
    return Move(to=to, data=data, texts={"note": given.note})


def _ask_county(run: StepRun, county: Organization, outcome: str, note: str, *, single: bool) -> Move:
    """The town has found it done: that meets the county's date. Whether it is, the county says."""
    dispute = run.dispute
    ask(run, RequestKind.APPROVAL, county, reason=note)
    clocks.meet(dispute, DeadlineKind.REVIEW, DeadlineKind.COUNTY, by=run.by, now=run.now)
    clocks.start(dispute, DeadlineKind.COUNTY_REVIEW, now=run.now)
    data = {
        "outcome": outcome,
        "reported": dispute.reported_outcome,
        "single_post": single,
        "to": county.code,
    }
    return Move(data=data, texts={"note": note}, access_changed=True)


def reject_result(run: StepRun, given: Reason) -> Move:
    """退回重办: does not restart the clock; what the review took beyond its own limit does not count."""
    dispute = run.dispute
    if dispute.pending == Pending.APPROVAL:
        decide(run, granted=False)
    clocks.meet(dispute, DeadlineKind.REVIEW, DeadlineKind.COUNTY_REVIEW, by=run.by, now=run.now)
    again = clocks.reopen_after_rejection(dispute, by=run.by, now=run.now)
    dispute.submitted_at, dispute.performance_until = None, None
    data: dict[str, object] = {}
    if again is not None:
        given_back = again.adjustments.filter(route="review", until=run.now).exists()
        data = {"resolve_by": again.due_at.isoformat(), "given_back": given_back}
    if dispute.county_due_at is not None:
        data["county_due"] = dispute.county_due_at.isoformat()
    return Move(data=data, texts={"reason": given.reason})


def revisit(run: StepRun, given: Revisit) -> Move:
    """回访 by somebody else than the handler; waivable with a reason after two tries that reached nobody."""
    dispute = run.dispute
    if given.way not in RevisitWay.values:
        raise InvalidInput({"way": [_("请选择回访方式。")]})
    handled_by = dispute.responsible_person.user_id if dispute.responsible_person else None
    if handled_by == run.by.user_id and not _single_post(run, allow=True):
        raise NotPermitted(_("回访应由承办人以外的人进行。"))
    if given.way == RevisitWay.WAIVED and _failed_tries(run) < TRIES_BEFORE_WAIVER:
        raise InvalidInput({"way": [_("两次回访未联系上后，方可说明理由免于回访。")]})
    reached = given.way == RevisitWay.WAIVED or given.satisfied is not None
    if reached:
        dispute.revisited_at = run.now
        clocks.meet(dispute, DeadlineKind.REVISIT, by=run.by, now=run.now)
    return Move(
        data={"way": given.way, "satisfied": given.satisfied, "reached": reached},
        texts={"account": given.account},
    )


def close(run: StepRun, _given: Nothing) -> Move:
    """销号: needs the reviewed result and a revisit (or its waiver); what is settled on the spot may go without.

    What was not resolved also needs routes told and the principal leader's answer or the party's choice: that is said
    before anybody is asked (`rights`), and kept by the database (`models.not_resolved`).
    """
    dispute = run.dispute
    settled = dispute.status in (lifecycle.SETTLED, lifecycle.PERFORMING)
    if settled and dispute.revisited_at is None and not _settled_on_spot(run):
        raise WrongState(_("销号前须先回访；两次未联系上的，可说明理由免于回访。"))
    if dispute.performance_until and dispute.performance_until > shanghai_date(run.now):
        raise WrongState(_("协议尚在履行，履行期满并回访后方可销号。"))
    dispute.closed_at = run.now
    end_assignment(run)
    clocks.end_all(dispute, by=run.by, now=run.now)
    return Move()


def archive(_case: StepRun, _given: Nothing) -> Move:
    """归档: late papers may still be added, nothing else."""
    return Move()


def reopen(run: StepRun, given: Reason) -> Move:
    """重启: a new limit; the old miss stays in its row."""
    dispute = run.dispute
    end_assignment(run)
    access.freeze_former(dispute, now=run.now)
    clocks.end_all(dispute, by=run.by, now=run.now)
    dispute.lead_unit = dispute.responsible_person = None
    dispute.settled_at = dispute.settled_on_time = dispute.closed_at = dispute.revisited_at = None
    dispute.submitted_at = dispute.performance_until = None
    dispute.reported_outcome = ""
    dispute.accepted_at = dispute.accepted_at or run.now
    data = handing.renew(run)
    clocks.start(dispute, DeadlineKind.RESOLVE, now=run.now)
    clocks.start(dispute, DeadlineKind.DISPATCH, now=run.now)
    if dispute.handed_down_by is not None:
        handing.tell_county(
            run, dispute.handed_down_by, _("%s 由乡镇重启办理") % dispute.display_number, kind="reopened"
        )
    return Move(data=data, texts={"reason": given.reason})


def _settle(run: StepRun) -> None:
    dispute = run.dispute
    dispute.settled_at = run.now
    clock = clocks.latest(dispute, DeadlineKind.RESOLVE)
    dispute.settled_on_time = clock is None or clock.missed_at is None
    clocks.start_revisit(dispute, now=run.now)


def _single_post(run: StepRun, *, allow: bool = False) -> bool:
    """True when the actor did the work themselves and nobody else could review it; else they must not."""
    dispute = run.dispute
    submitter = (
        TrailEntry.objects.filter(dispute=dispute, step="submit_result")
        .order_by("-seq")
        .values_list("user_id", flat=True)
        .first()
    )
    if submitter != run.by.user_id:
        return False
    others = Appointment.objects.current(shanghai_date(run.now)).filter(
        post__organization_id=dispute.managing_org_id, post__role__in=REVIEWING_ROLES
    )
    if others.exclude(user_id=run.by.user_id).exists():
        if allow:
            return False
        raise NotPermitted(_("报结人不能审结自己办理的纠纷，请由另一位人员审结。"))
    return True


def _failed_tries(run: StepRun) -> int:
    """Since the result that stands was found: tries for an earlier one say nothing of it."""
    entries = TrailEntry.objects.filter(dispute=run.dispute)
    found = entries.filter(step="approve_result").order_by("-seq").values_list("seq", flat=True).first()
    tries = entries.filter(step="revisit", payload__contains='"reached":false', seq__gt=found or 0)
    return tries.count()


def _settled_on_spot(run: StepRun) -> bool:
    return TrailEntry.objects.filter(dispute=run.dispute, step="settle_on_spot").exists()
