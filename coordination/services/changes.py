"""What a meeting changes of a case in the same act as it decides: the unit by the ordinary steps, the date at once."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from core.actor import Actor
from core.clock import shanghai_date
from disputes import public
from disputes.choices import DeadlineKind
from disputes.errors import InvalidInput, NotPermitted
from disputes.models import Dispute
from disputes.rules.lifecycle import HANDLED
from disputes.services import clocks, steps


def change(
    dispute: Dispute, *, lead_unit: str, resolve_by: date | None, text: str, by: Actor, now: datetime
) -> datetime | None:
    """Gives the case to that unit, or sets that date, or both; the date from here on where it was changed.

    The caller holds the dispute's row lock and reads the row anew afterwards. Raises what the steps raise, and
    InvalidInput at `lead_unit` or `resolve_by`.
    """
    if (lead_unit or resolve_by) and (
        by.organization is None or by.organization.pk != dispute.managing_org_id
    ):
        field = "lead_unit" if lead_unit else "resolve_by"
        raise InvalidInput({field: [_("本件不由本中心管理，会议不能改变责任单位和化解时限。")]})
    county = dispute.county_due_at
    if resolve_by is not None and county is not None and resolve_by > shanghai_date(county):
        said = _("不能晚于县级要求的 %s；需要更多时间的，由承办单位申请延期，报县综治中心决定。")
        raise InvalidInput({"resolve_by": [said % shanghai_date(county)]})
    if resolve_by is not None and resolve_by <= shanghai_date(now):
        raise InvalidInput({"resolve_by": [_("日期须晚于今天。")]})
    if lead_unit and (dispute.lead_unit is None or dispute.lead_unit.code != lead_unit):
        dispute = _give(dispute, lead_unit, text, by, now)
    return _set_date(dispute, resolve_by, text, by, now) if resolve_by else None


def _give(dispute: Dispute, lead_unit: str, text: str, by: Actor, now: datetime) -> Dispute:
    handled = dispute.status in HANDLED
    data = {"lead_unit": lead_unit, "reason" if handled else "instruction": text}
    try:
        return steps.take(
            "transfer" if handled else "assign", number=dispute.number, data=data, by=by, now=now
        )
    except NotPermitted as error:
        raise InvalidInput({"lead_unit": [str(error)]}) from error


def _set_date(dispute: Dispute, day: date, text: str, by: Actor, now: datetime) -> datetime:
    """Earlier: shortened like a leader's date. Later: an extension by the meeting, in the clock's own row."""
    clock = clocks.running(dispute, DeadlineKind.RESOLVE)
    if clock is None:
        raise InvalidInput({"resolve_by": [_("该纠纷没有正在计算的化解时限。")]})
    if dispute.suspended:
        raise InvalidInput({"resolve_by": [_("计时中止期间不能改变化解时限，请先恢复计时。")]})
    if dispute.pending == "extension":
        raise InvalidInput({"resolve_by": [_("有延期申请等待审批，请先审批。")]})
    due_on = shanghai_date(clock.due_at)
    due_at = clock.due_at
    with public.working_on(dispute, by=by, now=now) as work:
        if day > due_on:
            due_at = clocks.extend(clock, days=(day - due_on).days, reason=text, by=by, now=now).due_at
        elif day < due_on:
            due_at = work.shorten_resolve(day)
        clocks.note_next_due(dispute)
    return due_at
