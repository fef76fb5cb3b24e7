"""登记并并案: what turns out at the counter to be known already gets its own number and receipt, and is merged."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.actor import Actor
from core.transactions import retried
from disputes.errors import InvalidInput
from disputes.models import Dispute
from disputes.rules import lifecycle
from disputes.rules.intake import IntakeFacts
from disputes.rules.page_order import in_page_order
from disputes.rules.step_inputs import Merge
from disputes.services import intake, merging, step_runner
from disputes.services.step_runner import StepRun


@retried
def register_into(*, facts: IntakeFacts, into: str, by: Actor, now: datetime) -> tuple[Dispute, str]:
    """Registers and merges in one transaction. Who may register may do this: like settle_on_spot it is one form.

    Locks the target before the book's counter. Raises InvalidInput when the target is out of sight or has ended.
    """
    target = _target(into, by)
    if target is None or facts.settle_on_spot is not None:
        raise InvalidInput(faults(facts=facts, into=into, by=by, now=now))
    merging.last_of(target)
    dispute, query_code = intake.register(facts=facts, by=by, now=now)
    run = StepRun(dispute, lifecycle.STEPS["merge"], by, now)
    try:
        move = merging.merge(run, Merge(into=into))
    except InvalidInput as error:
        raise InvalidInput({"__all__": error.errors.get("into", [str(error)])}) from error
    return step_runner.finish(run, move), query_code


def faults(*, facts: IntakeFacts, into: str, by: Actor, now: datetime) -> dict[str, list[object]]:
    """`intake.faults`, and what speaks against merging these facts into `into`; without it nothing does."""
    found = intake.faults(facts=facts, by=by, now=now)
    if into and facts.settle_on_spot is not None:
        found.setdefault("settle_on_spot", []).append(_("并入其他纠纷的，不能同时当场化解。"))
    if into and _target(into, by) is None:
        found.setdefault("__all__", []).append(_("没有找到要并入的纠纷，请核对编号。"))
    return in_page_order(found)


def _target(into: str, by: Actor) -> Dispute | None:
    return Dispute.objects.visible_to(by).filter(number=into).first()
