"""领导包案: a leader takes a dispute on, with a plan, the day they expect, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.keys import person_key
from accounts.models import Appointment
from accounts.permissions import Permission
from accounts.roles import permissions_of
from core.actor import Actor
from core.clock import shanghai_date
from core.language import in_house_language
from core.transactions import retried
from disputes import public
from disputes.conflicts import Conflicts
from disputes.errors import InvalidInput, NotPermitted, WrongState
from disputes.models import AccessGrant, Dispute
from disputes.services import notices
from jurisdictions.choices import PostRole
from responsibility import rights
from responsibility.models import CaseLeader

PRINCIPAL_ROLES = (PostRole.HEAD, PostRole.PARTY_SECRETARY)


@dataclass(frozen=True)
class Undertaking:
    """Who takes it on (an appointment), how, and until when they expect it solved."""

    leader_id: int
    plan: str
    expected_on: date


@retried
def start(*, number: str, undertaking: Undertaking, by: Actor, now: datetime) -> CaseLeader:
    """A leader takes the case on. Locks the dispute. Raises NotFound, NotPermitted, WrongState, InvalidInput."""
    dispute = _to_assign(number, by)
    if current_of(dispute) is not None:
        raise WrongState(_("本件已有包案领导。如需更换，请先结束包案或由主要领导接手。"))
    leader = _leader(dispute, undertaking, now)
    return _begin(dispute, leader, undertaking, None, by=by, now=now)


@retried
def take_over(*, number: str, undertaking: Undertaking, reason: str, by: Actor, now: datetime) -> CaseLeader:
    """一把手: a principal leader takes over what the case leader could not solve. Locks the dispute."""
    dispute = _to_assign(number, by)
    current = _required(dispute)
    leader = _leader(dispute, undertaking, now)
    if leader.post.role not in PRINCIPAL_ROLES:
        raise InvalidInput({"leader": [_("分管领导解决不了的，应由主要领导接手，请选择主要领导。")]})
    if leader.pk == current.leader_id:
        raise InvalidInput({"leader": [_("%s 已经是包案领导。") % leader]})
    if not reason.strip():
        raise InvalidInput({"reason": [_("请写明为什么需要主要领导接手。")]})
    with public.working_on(dispute, by=by, now=now) as work:
        _end(work, current, reason.strip())
        return _begin(dispute, leader, undertaking, current, reason=reason.strip(), by=by, now=now)


@retried
def report_progress(
    *, number: str, account: str, expected_on: date | None = None, by: Actor, now: datetime
) -> CaseLeader:
    """What the leader did and what comes next; the day expected may move. Locks the dispute."""
    dispute = public.lock_told(by, number=number)
    current = _required(dispute)
    if not rights.may_report_as_case_leader(by, dispute, current.leader.user_id):
        raise NotPermitted(_("包案进展由包案领导本人或管理中心填写。"))
    if not account.strip():
        raise InvalidInput({"account": [_("请写明包案进展。")]})
    if expected_on is not None:
        _require_day_to_come(expected_on, now)
        current.expected_on = expected_on
    current.progress, current.progress_at = account.strip(), now
    current.save(update_fields=["progress", "progress_at", "expected_on"])
    data = {"expected_on": current.expected_on.isoformat()}
    with public.working_on(dispute, by=by, now=now) as work:
        work.record("case_leader_progress", data=data, texts={"account": account.strip()})
    return current


@retried
def end(*, number: str, reason: str, by: Actor, now: datetime) -> CaseLeader:
    """The leader no longer answers for it in person. Locks the dispute."""
    dispute = _to_assign(number, by)
    current = _required(dispute)
    if not reason.strip():
        raise InvalidInput({"reason": [_("请写明结束包案的理由。")]})
    with public.working_on(dispute, by=by, now=now) as work:
        _end(work, current, reason.strip())
        work.record("case_leader_ended", texts={"reason": reason.strip()})
    return current


def end_with_case(*, dispute_id: int, now: datetime) -> None:
    """For subscribers: the case ended, and with it what its leader took on."""
    CaseLeader.objects.filter(dispute_id=dispute_id, ends_at=None).update(ends_at=now)


@in_house_language
def end_where_barred(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """After a merge: a case leader who must keep out by now no longer answers for it. Needs the dispute's lock."""
    current = current_of(dispute)
    conflicts = Conflicts([dispute], now)
    if current is None or not rights.keeps_out(
        conflicts, dispute, current.leader.post, [current.leader.user_id]
    ):
        return
    reason = _("并案后应当回避")
    with public.working_on(dispute, by=by, now=now) as work:
        _end(work, current, reason)
        work.record("case_leader_ended", texts={"reason": reason})


def current_of(dispute: Dispute) -> CaseLeader | None:
    rows = dispute.case_leaders.filter(ends_at=None)
    return rows.select_related("leader__user", "leader__post__organization").first()


def _to_assign(number: str, by: Actor) -> Dispute:
    dispute = public.lock_told(by, number=number)
    if not rights.may_assign_case_leader(by, dispute):
        raise NotPermitted(_("包案领导由领导或县综治中心确定。"))
    return dispute


def _required(dispute: Dispute) -> CaseLeader:
    current = current_of(dispute)
    if current is None:
        raise WrongState(_("本件目前没有包案领导，请刷新页面。"))
    return current


def _leader(dispute: Dispute, undertaking: Undertaking, now: datetime) -> Appointment:
    """A leader in office of this county who need not keep out. Raises InvalidInput with every message."""
    errors: dict[str, list[object]] = {}
    if not undertaking.plan.strip():
        errors["plan"] = [_("请写明化解方案。")]
    if undertaking.expected_on < shanghai_date(now):
        errors["expected_on"] = [_("预计化解日期不能早于今天。")]
    rows = Appointment.objects.current(shanghai_date(now)).with_post().filter(pk=undertaking.leader_id)
    leader: Appointment | None = rows.filter(
        post__organization__place__code__startswith=dispute.place_code[:6]
    ).first()
    if leader is None or Permission.LEAD not in permissions_of(leader.post.role):
        errors["leader"] = [_("请从列表中选择一位在任领导。")]
    elif rights.keeps_out(Conflicts([dispute], now), dispute, leader.post, [leader.user_id]):
        errors["leader"] = [_("%s 应当回避本件，请另选。") % leader]
    if errors or leader is None:
        raise InvalidInput(errors)
    return leader


def _require_day_to_come(day: date, now: datetime) -> None:
    if day < shanghai_date(now):
        raise InvalidInput({"expected_on": [_("预计化解日期不能早于今天。")]})


def _begin(
    dispute: Dispute,
    leader: Appointment,
    undertaking: Undertaking,
    before: CaseLeader | None,
    *,
    reason: str = "",
    by: Actor,
    now: datetime,
) -> CaseLeader:
    row = CaseLeader.objects.create(
        dispute=dispute,
        leader=leader,
        plan=undertaking.plan.strip(),
        expected_on=undertaking.expected_on,
        took_over_from=before,
        assigned_by=by.acting,
        starts_at=now,
    )
    step = "case_leader_taken_over" if before else "case_leader_started"
    texts = {"reason": reason, "account": undertaking.plan.strip()}
    with public.working_on(dispute, by=by, now=now) as work:
        work.open_to([person_key(leader.user_id)], AccessGrant.Reason.LEADER)
        work.record(step, data=_data(row), texts=texts)
    _tell(dispute, row, by=by, now=now)
    return row


def _end(work: public.Work, row: CaseLeader, reason: str) -> None:
    row.ends_at, row.end_reason = work.now, reason
    row.save(update_fields=["ends_at", "end_reason"])
    work.close_to([person_key(row.leader.user_id)], AccessGrant.Reason.LEADER)


@in_house_language
def _data(row: CaseLeader) -> dict[str, object]:
    leader = str(row.leader.post)
    return {"appointment": row.leader_id, "leader": leader, "expected_on": row.expected_on.isoformat()}


@in_house_language
def _tell(dispute: Dispute, row: CaseLeader, *, by: Actor, now: datetime) -> None:
    """The leader, and who handles the case."""
    leader = notices.with_stand_ins([(row.leader_id, row.leader.user_id)], now)
    person = dispute.responsible_person
    titles = [(leader, _("%s 由您包案，请按方案组织化解") % dispute.display_number)]
    if person is not None and person.user_id not in leader:
        said = _("%(number)s 由 %(leader)s 包案，请按方案办理")
        titles.append(
            ([person.user_id], said % {"number": dispute.display_number, "leader": row.leader.post})
        )
    for recipients, title in titles:
        notices.tell(
            dispute,
            [user for user in recipients if user != by.user_id],
            kind="case_leader",
            title=title,
            key=f"case_leader:{row.pk}:{'leader' if recipients is leader else 'handler'}",
            now=now,
            inner=True,
        )
