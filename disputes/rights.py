"""May this actor take this step on this dispute now? One answer for buttons, services and the API."""

from collections.abc import Callable
from copy import copy
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from accounts.rights import may
from core.actor import Actor
from core.clock import shanghai_date
from disputes.choices import Status
from disputes.closing_conditions import refusal_to_close
from disputes.disclosure import LEVEL_STEPS, Disclosure
from disputes.entry_words import words_of
from disputes.errors import DomainError, NotPermitted, WrongState
from disputes.lawful_regimes import regime_of
from disputes.models import Dispute
from disputes.principals import may_answer
from disputes.rules import lawful_mediation, lifecycle
from disputes.rules.lifecycle import ASKED_BY, Pending, Side, Step


def holds_seat(by: Actor, seat: Side, dispute: Dispute, now: datetime | None = None) -> bool:
    """Whether the post acted in sits where the step's row says; some seats are held for a day only, asked at `now`."""
    organization = by.organization
    if organization is None:
        return by.is_system
    at_centre = organization.pk == dispute.managing_org_id
    at_county = organization.kind == "governance_centre" and organization.is_county_level
    in_unit = organization.pk == dispute.lead_unit_id or by.acting.pk == dispute.responsible_person_id
    if seat is Side.ASKER:
        return dispute.pending != "" and holds_seat(by, ASKED_BY[dispute.pending][0], dispute)
    if seat is Side.PRINCIPAL:
        return may_answer(by.post, dispute)
    if seat is Side.MENDER:
        return _may_mend(by, dispute, now)
    sits = {
        Side.CENTRE: at_centre,
        Side.UNIT: in_unit,
        Side.CENTRE_OR_UNIT: at_centre or in_unit,
        Side.COUNTY: at_county,
        Side.COUNTY_MANAGING: at_centre and at_county,
        Side.TOWN_MANAGING: at_centre and not at_county,
        Side.ORDERING: organization.pk == dispute.handed_down_by_id,
        Side.REVIEWER: organization.pk == reviewer_id(dispute),
        Side.CENTRE_OR_COUNTY: at_centre or at_county,
        Side.DECIDER: organization.pk == dispute.pending_org_id,
    }
    return sits.get(seat, True)


def has_desk(by: Actor) -> bool:
    """Whether papers come in at the actor's post: where cases are registered or handled."""
    return may(by, Permission.REGISTER) or may(by, Permission.HANDLE)


def may_add_papers(by: Actor, shown: Disclosure) -> bool:
    """Whether late papers of theirs are taken for a dispute of which they see `shown`: who gave it back would not even
    see what they added."""
    return has_desk(by) and shown.trail_until is None


def reviewer_id(dispute: Dispute) -> int | None:
    """Whose word on a result is asked now: the managing centre's, and after it the county's that handed it down."""
    return dispute.pending_org_id if dispute.pending == Pending.APPROVAL else dispute.managing_org_id


def _may_mend(by: Actor, dispute: Dispute, now: datetime | None) -> bool:
    """Who typed it puts it right on the same Shanghai day; from then on the coordinator who answers for the case."""
    if by.organization.pk == dispute.managing_org_id and may(by, Permission.ACCEPT):
        return True
    typed_it = by.acting.pk == dispute.registered_by_id
    return typed_it and now is not None and shanghai_date(now) == shanghai_date(dispute.registered_at)


def permission_for(step: Step, dispute: Dispute) -> Permission:
    """The table's, but who decides or takes back depends on what is asked: a second extension is the leader's."""
    if step.seat is Side.ASKER and dispute.pending:
        return Permission(ASKED_BY[dispute.pending][1])
    if step.seat is Side.DECIDER and step.pending is Pending.EXTENSION:
        by_centre = dispute.pending_org_id in (dispute.managing_org_id, dispute.handed_down_by_id)
        return Permission.DISPATCH if by_centre else Permission.DECIDE_AGAIN
    return Permission(step.permission)


def refusal(by: Actor, step: Step, dispute: Dispute, now: datetime) -> DomainError | None:
    """Why the step cannot be taken at that moment: state first (409), then person (403); None when it can."""
    state = _state_refusal(step, dispute)
    if state:
        return WrongState(state)
    if not may(by, permission_for(step, dispute)) or not holds_seat(by, step.seat, dispute, now):
        if step.seat is Side.MENDER:
            return NotPermitted(
                _("“%(step)s”当天由登记人办理，之后由管理本件的综治中心主任办理。")
                % {"step": words_of(step.id).name}
            )
        return NotPermitted(
            _("“%(step)s”应由其他岗位办理，您当前的岗位不能操作。") % {"step": words_of(step.id).name}
        )
    return None


def refusal_to_take_on(by: Actor, dispute: Dispute, now: datetime) -> DomainError | None:
    """Why 受理并分流 cannot be done: what accepting asks now, and what assigning will ask as soon as it is accepted."""
    accepted = copy(dispute)
    accepted.status = lifecycle.ACCEPTED
    steps = lifecycle.STEPS
    return refusal(by, steps["accept"], dispute, now) or refusal(by, steps["assign"], accepted, now)


def _state_refusal(step: Step, dispute: Dispute) -> str:
    """What in the dispute's state speaks against the step, and what to do about it; empty when nothing does."""
    words: dict[str, object] = {"status": Status(dispute.status).label, "step": words_of(step.id).name}
    if dispute.status not in step.sources:
        return _("该纠纷目前为“%(status)s”，不能%(step)s。请刷新页面查看最新进展。") % words
    if lifecycle.blocked(step, dispute.pending):
        words |= {"asked": dispute.get_pending_display(), "decider": dispute.pending_org}
        return (
            _("%(asked)s申请正等待%(decider)s决定，现在不能%(step)s。可由申请方先撤回申请，或等待决定。")
            % words
        )
    if not lifecycle.allowed(step, dispute.status, dispute.pending):
        return _("没有等待决定的申请，不能%(step)s。请刷新页面查看最新进展。") % words
    useless = USELESS.get(step.id)
    if useless is not None and useless[0](dispute):
        return str(useless[1])
    own = OWN_REFUSALS.get(step.id)
    return own(dispute) if own is not None else ""


def _mediation_refusal(dispute: Dispute) -> str:
    """Asks for more only where a police unit may have a traffic accident."""
    if dispute.suspended:
        return _("计时已经中止，请先恢复计时。")
    if regime_of(dispute) is not lawful_mediation.POLICE:
        return _("只有公安机关调解的道路交通事故纠纷，才登记调解起算日期。")
    return ""


# a step → when it would change nothing, and what to say then
USELESS: dict[str, tuple[Callable[[Dispute], bool], object]] = {
    "report_up": (
        lambda dispute: dispute.managing_org.is_county_level,
        gettext_lazy("本件已由县级管理，没有上级可以上报。"),
    ),
    "suspend": (
        lambda dispute: dispute.suspended,
        gettext_lazy("计时已经中止。要改变恢复日期的，请先恢复计时，再重新中止。"),
    ),
    "resume": (lambda dispute: not dispute.suspended, gettext_lazy("计时没有中止，不需要恢复。")),
    "restrict": (lambda dispute: dispute.is_restricted, gettext_lazy("本件已经限制知悉。")),
    "lift_restriction": (
        lambda dispute: not dispute.is_restricted,
        gettext_lazy("本件没有限制知悉，不需要解除。"),
    ),
}


def _answer_refusal(dispute: Dispute) -> str:
    """Asks for the origin's row, where it was not joined."""
    origin = getattr(dispute, "origin", None)
    if origin is None or not origin.answer_wanted:
        return _("来件没有要求书面答复，不需要登记答复。")
    return "" if origin.owes_answer else _("已经登记过对来件单位的答复。")


def _decline_refusal(dispute: Dispute) -> str:
    if dispute.handed_down_by_id is not None:
        return _("本件由县综治中心交办，不能不予受理；认为不应由本镇办理的，请上报县级并说明理由。")
    if dispute.accepted_at is not None:
        return _("本件已经受理并告知当事人，不能再不予受理。不属于本镇的，请上报县级确定由谁办理。")
    return ""


def _recall_refusal(dispute: Dispute) -> str:
    return "" if dispute.handed_down_by_id is not None else _("本件没有由县级交办乡镇，不需要收回。")


# what else speaks against a step, said before who may take it is asked
OWN_REFUSALS: dict[str, Callable[[Dispute], str]] = {
    "decline": _decline_refusal,
    "recall": _recall_refusal,
    "answer_origin": _answer_refusal,
    "begin_mediation": _mediation_refusal,
    "close": refusal_to_close,
}


def open_steps(by: Actor, dispute: Dispute, now: datetime, *, inner: bool = True) -> list[Step]:
    """The steps this actor may take now, in the table's order. Without `inner`, for a unit that is a party, none whose
    entry they could not read."""
    return [
        step
        for step in lifecycle.STEPS.values()
        if dispute.status in step.sources  # of most steps that says it; a refusal finds words for it
        and (inner or not step.id.startswith(LEVEL_STEPS))
        and refusal(by, step, dispute, now) is None
    ]
