"""人身危险 that a text speaks of and nobody has marked: a person looked, and there is none."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.actor import Actor
from core.transactions import retried
from disputes import public
from disputes.models import Dispute
from disputes.services import danger
from early_warning.errors import InvalidInput, NotPermitted, WrongState
from early_warning.models import Reading

CLEARED = "warning_danger_cleared"


@retried
def clear(*, number: str, reason: str, by: Actor, now: datetime) -> Dispute:
    """核实无危险: the hint goes until a later text speaks of danger again. Locks the dispute.

    Raises NotFound, NotPermitted, WrongState without such a hint, InvalidInput (`reason`).
    """
    dispute = public.lock_told(by, number=number)
    hinted = Reading.objects.filter(dispute=dispute, danger=True, danger_cleared_at=None)
    if dispute.danger or not hinted.exists():
        raise WrongState(_("这件纠纷没有待核实的人身危险提示，请刷新页面。"))
    if not danger.may_mark(by, dispute):
        raise NotPermitted(_("您当前的岗位不能核实人身危险。"))
    if not reason.strip():
        raise InvalidInput({"reason": [_("请写明怎样核实、当事人现在怎样。")]})
    hinted.update(danger_cleared_at=now)
    with public.working_on(dispute, by=by, now=now) as work:
        work.record(CLEARED, texts={"reason": reason.strip()})
    return dispute
