"""Assign, transfer, report up and hand back: exactly one unit is responsible at any time."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.keys import unit_key
from accounts.models import Appointment
from core.clock import end_of_day, shanghai_date
from disputes.choices import PERSON_ROLES, DeadlineKind, RequestKind, ReturnGround
from disputes.conflicts import Conflicts
from disputes.errors import InvalidInput, WrongState
from disputes.models import Assignment, StepRequest
from disputes.rules import lifecycle
from disputes.rules.step_inputs import AcceptReport, Assign, Decide, Nothing, Reason, RequestReturn, Transfer
from disputes.selectors import dispatching
from disputes.services import access, clocks, handing, lawful_mediation, requests, unit_consent
from disputes.services.acceptance import end_assignment, level_answer, require_limit
from disputes.services.step_runner import Move, StepRun
from jurisdictions.choices import PostRole
from jurisdictions.models import Organization, Place

TO_THE_COUNTY = (RequestKind.REPORT_UP, RequestKind.APPROVAL)
RETURNS_BEFORE_FINAL_WORD = 2  # the county decides the second return; whom it names then keeps the case


def assign(run: StepRun, given: Assign) -> Move:
    """分流(交办): one lead unit, its person, a date, any co-units, and what is asked of them (拟办意见)."""
    unit = unit_to_order(run, "lead_unit", given.lead_unit)
    helpers = [unit_to_order(run, "co_units", code) for code in given.co_units if code != given.lead_unit]
    holder = person_of(run, unit, given.person)
    dispute = run.dispute
    again = handing.renew(run) if dispute.status == lifecycle.NOT_RESOLVED else {}
    if given.resolve_by is not None:
        require_limit(run, given.resolve_by)
        clocks.restart(dispute, DeadlineKind.RESOLVE, by=run.by, now=run.now, due_at=given.resolve_by)
    elif clocks.running(dispute, DeadlineKind.RESOLVE) is None:
        clocks.start(dispute, DeadlineKind.RESOLVE, now=run.now)
    make_responsible(run, unit, holder, helpers, instruction=given.instruction)
    data = {
        "lead_unit": unit.code,
        "person": holder.pk,
        "co_units": [helper.code for helper in helpers],
        **again,
    }
    if given.resolve_by is not None:
        data["resolve_by"] = end_of_day(given.resolve_by).isoformat()
    data |= lawful_mediation.on_new_unit(dispute, by=run.by, now=run.now)
    return Move(data=data, texts={"instruction": given.instruction}, access_changed=True)


def transfer(run: StepRun, given: Transfer) -> Move:
    """转办: another unit becomes responsible; the one before keeps the trail up to now."""
    unit = unit_to_order(run, "lead_unit", given.lead_unit)
    if unit.pk == run.dispute.lead_unit_id:
        raise InvalidInput({"lead_unit": [_("该单位已经是责任单位。")]})
    holder = person_of(run, unit, "")
    take_from_unit(run)
    make_responsible(run, unit, holder, [])
    data = {"lead_unit": unit.code, "person": holder.pk}
    data |= lawful_mediation.on_new_unit(run.dispute, by=run.by, now=run.now)
    return Move(data=data, texts={"reason": given.reason}, access_changed=True)


def report_up(run: StepRun, given: Reason) -> Move:
    """上报县级: the town keeps custody until the county centre accepts (1 working day)."""
    dispute = run.dispute
    county = county_centre(dispute.managing_org.place)
    if county.pk == dispute.managing_org_id:
        raise WrongState(_("该纠纷已由县综治中心管理。"))
    ask(run, RequestKind.REPORT_UP, county, reason=given.reason)
    # the town has done its part: from here on the silence would be the county's
    clocks.meet(dispute, DeadlineKind.ACCEPT, DeadlineKind.DISPATCH, by=run.by, now=run.now)
    clocks.start(dispute, DeadlineKind.REPORT_ACCEPT, now=run.now)
    return Move(data={"to": county.code}, texts={"reason": given.reason})


def accept_report(run: StepRun, given: AcceptReport) -> Move:
    """接收上报: from now on the county centre manages; the other towns concerned may look in."""
    dispute, beside = run.dispute, level_answer(given.level, given.reason)
    request = decide(run, granted=True)
    take_from_unit(run)
    lawful = handing.out_of_hands(run)
    handing.take_up(dispute, request.decides_org, step=run.step.id, by=run.by, now=run.now)
    dispute.accepted_at = dispute.accepted_at or run.now
    clocks.meet(dispute, DeadlineKind.REPORT_ACCEPT, DeadlineKind.ACCEPT, by=run.by, now=run.now)
    clocks.restart(dispute, DeadlineKind.DISPATCH, by=run.by, now=run.now)
    if clocks.running(dispute, DeadlineKind.RESOLVE) is None:
        clocks.start(dispute, DeadlineKind.RESOLVE, now=run.now)
    access.join_towns(dispute, Place.objects.filter(code__in=dispute.involved_towns), now=run.now)
    data = {"managing": dispute.managing_org.code, **lawful}
    return Move(data=data, access_changed=True, beside=beside)


def request_return(run: StepRun, given: RequestReturn) -> Move:
    """退回: within the limit, to the dispatcher; the second return goes to the county, whose word is final."""
    dispute = run.dispute
    if given.ground not in ReturnGround.values:
        raise InvalidInput({"ground": [_("请从列表中选择退回理由。")]})
    current = dispute.assignments.get(ended_at=None)
    if current.by_final_word:
        raise WrongState(_("该纠纷由县综治中心指定办理，不能再退回。如有困难，请报告进展说明情况。"))
    latest = clocks.end_of_limit(dispute, "return_request", since=current.assigned_at)
    if run.now > latest:
        raise WrongState(_("退回申请须在交办后的规定期限内提出，期限已于 %s 届满。") % f"{latest:%Y-%m-%d}")
    returned_before = dispute.requests.filter(kind=RequestKind.RETURN, granted=True).exists()
    decider = county_centre(dispute.managing_org.place) if returned_before else dispute.managing_org
    ask(run, RequestKind.RETURN, decider, reason=given.reason, ground=given.ground)
    clocks.start(dispute, DeadlineKind.RETURN_CONSENT, now=run.now)
    return Move(
        data={"ground": given.ground, "to": decider.code, "second": returned_before},
        texts={"reason": given.reason},
    )


def decide_return(run: StepRun, given: Decide) -> Move:
    """审批退回: granted, the time is given back and the case waits for dispatch; the county's refusal is final."""
    dispute = run.dispute
    request = decide(run, granted=given.granted)
    county_decides = request.decides_org.is_county_level
    clocks.meet(dispute, DeadlineKind.RETURN_CONSENT, by=run.by, now=run.now)
    if not given.granted:
        if county_decides:
            dispute.assignments.filter(ended_at=None).update(by_final_word=True)
        return Move(data={"granted": False, "final": county_decides}, texts={"reason": given.reason})
    resolve = clocks.running(dispute, DeadlineKind.RESOLVE)
    if resolve is not None:
        clocks.give_back(resolve, since=request.asked_at, by=run.by, now=run.now)
    take_from_unit(run)
    lawful = handing.out_of_hands(run)
    if county_decides and dispute.managing_org_id != request.decides_org_id:
        handing.take_up(dispute, request.decides_org, step=run.step.id, by=run.by, now=run.now)
    clocks.restart(dispute, DeadlineKind.DISPATCH, by=run.by, now=run.now)
    data = {"granted": True, "managing": dispute.managing_org.code, **lawful}
    return Move(to=lifecycle.ACCEPTED, data=data, texts={"reason": given.reason}, access_changed=True)


def take_back(run: StepRun, _given: Nothing) -> Move:
    """撤回申请: who asked asks no more. A report taken back was none: the town's own clock runs on from its start."""
    dispute = run.dispute
    request = requests.void_and_tell(dispute, by=run.by, now=run.now)
    kind = lifecycle.UNTIL_REPORTED.get(dispute.status)
    if request.kind in TO_THE_COUNTY and kind is not None:
        for met in (DeadlineKind.COUNTY, DeadlineKind(kind)):
            clocks.run_on(dispute, met, met_at=request.asked_at, by=run.by, now=run.now)
    return Move(data={"kind": request.kind})


def make_responsible(
    run: StepRun,
    unit: Organization,
    person: Appointment,
    helpers: Sequence[Organization],
    *,
    instruction: str = "",
) -> Assignment:
    """Writes the one current assignment, its clocks and its grants."""
    dispute = run.dispute
    returned = dispute.requests.filter(kind=RequestKind.RETURN, granted=True).count()
    row = Assignment.objects.create(
        dispute=dispute,
        lead_unit=unit,
        person=person,
        assigned_by=run.by.acting,
        assigned_at=run.now,
        instruction=instruction,
        by_final_word=returned >= RETURNS_BEFORE_FINAL_WORD,
    )
    if helpers:
        row.co_units.set(helpers)
    dispute.lead_unit, dispute.responsible_person = unit, person
    clocks.meet(dispute, DeadlineKind.DISPATCH, by=run.by, now=run.now)
    clocks.restart(dispute, DeadlineKind.SIGN_FOR, by=run.by, now=run.now)
    access.freeze_former(dispute, now=run.now)
    access.open_to_unit(dispute, unit, person, now=run.now)
    access.open_to_helpers(dispute, helpers, now=run.now)
    return row


def take_from_unit(run: StepRun) -> None:
    """Ends the assignment; its unit, helpers and people see the case as it is now and nothing later."""
    dispute = run.dispute
    end_assignment(run)
    clocks.cancel(dispute, DeadlineKind.SIGN_FOR, by=run.by, now=run.now)
    access.freeze_former(dispute, now=run.now)


def unit_to_order(run: StepRun, field: str, code: str) -> Organization:
    """The organization of that code, if this centre may assign to it. Raises InvalidInput at the field."""
    dispute, today = run.dispute, shanghai_date(run.now)
    unit = Organization.objects.select_related("place").valid_on(today).filter(code=code).first()
    if unit is None:
        raise InvalidInput({field: [_("没有找到这个单位，请从列表中选择。")]})
    if unit_key(unit.pk) in dispute.barred_keys:
        untold = unit.pk in access.untold_units([dispute])
        accused = _("该单位是被反映单位，应当回避，请另选单位。")
        raise InvalidInput({field: [unit_consent.not_told(unit) if untold else accused]})
    if unit.vertically_managed:
        raise InvalidInput({field: [_("%s 实行垂直管理，可以致函商请，不能直接交办。") % unit]})
    centre = dispute.managing_org
    if not dispatching.units_within_reach(centre, today).filter(pk=unit.pk).exists():
        raise InvalidInput({field: [_out_of_reach(centre)]})
    return unit


def _out_of_reach(centre: Organization) -> str:
    if centre.is_county_level:
        return _("只能交办本县的单位，外县的请致函商请。")
    return _("乡镇不能直接交办县级部门或其他乡镇的单位，请上报县综治中心。")


def person_of(run: StepRun, unit: Organization, username: str) -> Appointment:
    """The named person of the unit, else its default one. Raises InvalidInput at `person`."""
    current = Appointment.objects.current(shanghai_date(run.now)).with_post()
    rows = list(current.filter(post__organization=unit, post__role__in=PERSON_ROLES))
    conflicts = Conflicts([run.dispute], run.now, {person.user_id for person in rows})
    people = [person for person in rows if not conflicts.bars(run.dispute, person.user_id)]
    if username:
        people = [person for person in people if person.user.username == username]
        if not people:
            raise InvalidInput({"person": [_("该单位没有这位承办人，或其应当回避。")]})
    if not people:
        raise InvalidInput({"person": [_("%s 目前没有可以承办的人员，请先设置岗位任职。") % unit]})
    return min(people, key=lambda p: (not p.is_default, PERSON_ROLES.index(PostRole(p.post.role)), p.pk))


def county_centre(place: Place) -> Organization:
    """The county's receiving centre above a place."""
    return Organization.objects.select_related("place").centres().get(place__code=place.county_code)


def ask(
    run: StepRun,
    kind: RequestKind,
    decider: Organization,
    *,
    reason: str,
    ground: str = "",
    days: int | None = None,
) -> StepRequest:
    """Puts a request before an organization; exactly one can be pending."""
    run.dispute.pending, run.dispute.pending_org = kind, decider
    access.open_to_decider(run.dispute, decider, now=run.now)
    return StepRequest.objects.create(
        dispute=run.dispute,
        kind=kind,
        ground=ground,
        reason=reason,
        days=days,
        asked_by=run.by.acting,
        asked_at=run.now,
        decides_org=decider,
        decides_as_leader=kind == RequestKind.EXTENSION
        and decider.pk not in (run.dispute.managing_org_id, run.dispute.handed_down_by_id),
    )


def decide(run: StepRun, *, granted: bool) -> StepRequest:
    """Closes the pending request with its decision."""
    request = run.dispute.requests.select_related("decides_org__place").get(decided_at=None, voided_at=None)
    request.decided_at, request.decided_by, request.granted = run.now, run.by.acting, granted
    request.save(update_fields=["decided_at", "decided_by", "granted"])
    run.dispute.pending, run.dispute.pending_org = "", None
    return request
