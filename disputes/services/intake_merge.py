"""登记并并案: what turns out at the counter to be known already gets its own number and receipt, and is merged."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.actor import Actor
from core.transactions import retried
from disputes.errors import InvalidInput
from disputes.models import Dispute
from disputes.rules import lifecycle
from disputes.rules.intake import IntakeFacts
from disputes.services import frame, intake, merging
from disputes.services.frame import Case


@retried
def register_into(*, facts: IntakeFacts, into: str, by: Actor, now: datetime) -> tuple[Dispute, str]:
    """Registers and merges in one transaction. Who may register may do this: like settle_on_spot it is one form.

    Locks the target before the book's counter. Raises InvalidInput when the target is out of sight or has ended.
    """
    if facts.settle_on_spot is not None:
        raise InvalidInput({"settle_on_spot": [_("并入其他纠纷的，不能同时当场化解。")]})
    target = Dispute.objects.visible_to(by).filter(number=into).first()
    if target is None:
        raise InvalidInput({"__all__": [_("没有找到要并入的纠纷，请核对编号。")]})
    merging.last_of(target)
    dispute, query_code = intake.register(facts=facts, by=by, now=now)
    case = Case(dispute, lifecycle.STEPS["merge"], by, now)
    try:
        move = merging.merge(case, into=into)
    except InvalidInput as error:
        raise InvalidInput({"__all__": error.errors.get("into", [str(error)])}) from error
    return frame.finish(case, move), query_code
