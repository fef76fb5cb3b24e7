"""核实: the coordinator looks whether a reported risk is really gone. If not, the next rung is told."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.actor import Actor
from core.transactions import retried
from disputes import public
from early_warning import rights
from early_warning.choices import Outcome
from early_warning.errors import InvalidInput, NotPermitted, WrongState
from early_warning.models import Escalation
from early_warning.services.answers import data_of, locked_row
from early_warning.services.climbing import climb_from


@retried
def check_removal(*, escalation_id: int, passed: bool, note: str, by: Actor, now: datetime) -> Escalation:
    """Locks the dispute, then the row. Raises NotFound, WrongState, NotPermitted, InvalidInput (`note`).

    Passed, the step is over; lifting the warning stays a decision of its own.
    """
    row, dispute = locked_row(escalation_id, by)
    if row.outcome != Outcome.RISK_REMOVED or row.checked_at is not None:
        raise WrongState(_("这一步不在等待核实，请刷新页面查看最新进展。"))
    if not rights.may_check(by, row):
        raise NotPermitted(_("由管理本件的综治中心核实，报告人自己不能核实。"))
    if not note.strip():
        raise InvalidInput({"note": [_("请写明怎样核实、现场是什么情况。")]})
    row.checked_at, row.checked_by, row.check_passed, row.check_note = now, by.acting, passed, note.strip()
    row.save()
    data = data_of(row) | {"passed": passed}
    with public.working_on(dispute, by=by, now=now) as work:
        work.record("escalation_checked", data=data, texts={"note": row.check_note})
        if not passed and row.warning.is_open and row.round == row.warning.round:
            climb_from([row], [dispute], by=by, now=now)
    return row
