"""What a leader answers to an escalation: seen, ordered, risk removed, no result.

Each locks the dispute, then the row. Raises NotFound out of sight, WrongState when the row is over, NotPermitted
for others than its addressee, InvalidInput at its field.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from core.actor import Actor
from core.clock import SHANGHAI
from core.language import in_house_language
from core.transactions import retried
from disputes import public
from disputes.models import Dispute
from disputes.services import notices
from early_warning import rights
from early_warning.choices import Outcome
from early_warning.errors import InvalidInput, NotPermitted, WrongState
from early_warning.models import Escalation, Instruction, PhoneTask
from early_warning.services.climbing import climb_from
from early_warning.services.clocks import Clocks
from early_warning.services.escalating import tell_responsible_leader
from early_warning.services.escalation_notices import close_sight
from early_warning.services.resting import follow_higher
from responsibility.services import naming

WITH = ("warning__reading__policy", "town", "post__organization__place", "holder__user", "addressee")


@retried
def acknowledge(*, escalation_id: int, by: Actor, now: datetime) -> Escalation:
    """知悉: from now on the time to bring a result counts. Again changes nothing."""
    row, dispute = locked_row(escalation_id, by)
    _require_answer(row, by)
    if row.acknowledged_at is None:
        seen(row, by.user, now)
        row.save()
        with public.working_on(dispute, by=by, now=now) as work:
            work.record("escalation_acknowledged", data=data_of(row))
        follow_higher([dispute], now=now)
    return row


@retried
def instruct(*, escalation_id: int, text: str, by: Actor, now: datetime) -> Instruction:
    """批示: goes to the handler and into the trail; who orders has seen it."""
    row, dispute = locked_row(escalation_id, by)
    _require_answer(row, by)
    said = _said("text", text, _("请写批示内容。"))
    if row.acknowledged_at is None:
        seen(row, by.user, now)
        row.save()
    order = Instruction.objects.create(escalation=row, text=said, given_by=by.user, given_at=now)
    with public.working_on(dispute, by=by, now=now) as work:
        work.record("escalation_instructed", data=data_of(row), texts={"decision": said})
    follow_higher([dispute], now=now)
    _tell_handler(dispute, order, by, now)
    return order


@retried
def set_resolve_by(
    *, escalation_id: int, resolve_by: date, note: str = "", by: Actor, now: datetime
) -> Escalation:
    """明确化解时限 (§8): confirms the day by which the unit must have resolved it, or names an earlier one.

    Raises InvalidInput at `resolve_by` for a later day, WrongState where no such clock runs or it rests.
    """
    row, dispute = locked_row(escalation_id, by)
    _require_answer(row, by)
    before = dispute.resolve_by
    with public.working_on(dispute, by=by, now=now) as work:
        due_at = work.shorten_resolve(resolve_by)
        if row.acknowledged_at is None:
            seen(row, by.user, now)
            row.save()
        data = data_of(row) | {
            "resolve_by": due_at.isoformat(),
            "before": before.isoformat() if before else None,
            "shortened": before is None or due_at < before,
        }
        work.record("escalation_resolve_by", data=data, texts={"decision": note.strip()})
    follow_higher([dispute], now=now)
    _tell_resolve_by(dispute, row, by, now)
    return row


@retried
def risk_removed(*, escalation_id: int, account: str, by: Actor, now: datetime) -> Escalation:
    """风险已消除: the row ends; the coordinator looks whether it is so. The dispute goes on."""
    row, dispute = locked_row(escalation_id, by)
    _require_answer(row, by)
    row.account = _said("account", account, _("请写明做了什么。"))
    row.check_due_at = Clocks(now).check_by(now)
    with public.working_on(dispute, by=by, now=now) as work:
        _end(row, Outcome.RISK_REMOVED, by, now)
        work.record("escalation_risk_removed", data=data_of(row), texts={"account": row.account})
    follow_higher([dispute], now=now)
    _tell_coordinator(dispute, row, by, now)
    return row


@retried
def no_result(*, escalation_id: int, account: str, by: Actor, now: datetime) -> Escalation:
    """处理未果: the next rung is told at once. Never held against anybody."""
    row, dispute = locked_row(escalation_id, by)
    _require_answer(row, by)
    row.account = _said("account", account, _("请写明为什么没有结果。"))
    with public.working_on(dispute, by=by, now=now) as work:
        _end(row, Outcome.NO_RESULT, by, now)
        work.record("escalation_no_result", data=data_of(row), texts={"account": row.account})
        if row.town_id is None:
            _principal_takes_over(row, dispute, now)
        climb_from([row], [dispute], by=by, now=now)
    return row


def locked_row(escalation_id: int, by: Actor) -> tuple[Escalation, Dispute]:
    """Dispute first, then the row, both locked. Raises NotFound."""
    dispute = public.lock_told(by, escalations=escalation_id)
    rows = Escalation.objects.select_related(*WITH).select_for_update(of=("self",))
    row: Escalation = rows.get(pk=escalation_id)
    row.dispute = dispute
    return row, dispute


def seen(row: Escalation, user: Any, now: datetime, *, by_phone: bool = False) -> None:
    """Sets the fields of an acknowledgement and closes its call; the caller saves the row."""
    row.acknowledged_at, row.acknowledged_by = row.not_before(now), user
    row.acknowledged_by_phone = by_phone
    row.remind_at = None
    row.due_at = max(Clocks(now).result_by(row.level, row.notified_at), now)
    PhoneTask.objects.filter(escalation=row, closed_at=None).update(closed_at=now)


def data_of(row: Escalation) -> dict[str, Any]:
    return {
        "escalation": row.pk,
        "town": row.town.code if row.town else None,
        "step": row.step,
        "leader": str(row.post) if row.post else row.role,
    }


def _require_answer(row: Escalation, by: Actor) -> None:
    if not rights.may_answer(by, row):
        raise NotPermitted(_("这件预警不是报告给您的，您不能这样处理。"))
    if not row.is_open:
        raise WrongState(_("这一步预警已经结束，请刷新页面查看最新进展。"))


def _end(row: Escalation, outcome: str, by: Actor, now: datetime) -> None:
    if row.acknowledged_at is None:
        seen(row, by.user, now)
    row.outcome, row.ended_at, row.ended_by = outcome, row.not_before(now), by.user
    row.remind_at = None
    row.save()
    close_sight([row.dispute], now)


def _said(name: str, text: str, missing: str) -> str:
    if not text.strip():
        raise InvalidInput({name: [missing]})
    return text.strip()


def _principal_takes_over(row: Escalation, dispute: Dispute, now: datetime) -> None:
    """§8: what the deputy could not solve, the principal leader solves in person."""
    before = dispute.responsible_leader_id
    naming.pass_up_unsolved(dispute_id=dispute.pk, now=now)
    if dispute.responsible_leader_id != before:
        tell_responsible_leader(row.warning, dispute, now=now, step=row.step + 1)


def _who_handles(dispute: Dispute, by: Actor, now: datetime) -> list[int]:
    """The responsible person, or the centre as long as there is none; never the one who just acted."""
    person = dispute.responsible_person
    if person is not None:
        users = notices.with_stand_ins([(person.pk, person.user_id)], now)
    else:
        users = notices.holders(dispute.managing_org_id, "coordinator", now)
    return [user for user in users if user != by.user_id]


@in_house_language
def _tell_resolve_by(dispute: Dispute, row: Escalation, by: Actor, now: datetime) -> None:
    """The unit, and the centre that had proposed the day."""
    centre = notices.holders(dispute.managing_org_id, "coordinator", now)
    day = f"{dispute.resolve_by.astimezone(SHANGHAI):%Y-%m-%d}" if dispute.resolve_by else ""
    notices.tell(
        dispute,
        [*_who_handles(dispute, by, now), *(user for user in centre if user != by.user_id)],
        kind="warning.resolve_by",
        title=_("%(number)s 的化解时限由领导明确为 %(day)s") % {"number": dispute.display_number, "day": day},
        key=f"escalation:{row.pk}:resolve_by:{dispute.version}",
        now=now,
        urgent=True,
    )


@in_house_language
def _tell_handler(dispute: Dispute, order: Instruction, by: Actor, now: datetime) -> None:
    notices.tell(
        dispute,
        _who_handles(dispute, by, now),
        kind="warning.instruction",
        title=_("%(number)s 有领导批示：%(text)s")
        % {"number": dispute.display_number, "text": order.text[:80]},
        key=f"instruction:{order.pk}",
        now=now,
        urgent=True,
        inner=True,
    )


@in_house_language
def _tell_coordinator(dispute: Dispute, row: Escalation, by: Actor, now: datetime) -> None:
    users = notices.holders(dispute.managing_org_id, "coordinator", now)
    notices.tell(
        dispute,
        [user for user in users if user != by.user_id],
        kind="warning.check",
        title=_("%s 领导报告风险已消除，请在一天内核实") % dispute.display_number,
        key=f"escalation:{row.pk}:check",
        now=now,
        urgent=True,
    )
