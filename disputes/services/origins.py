"""The answer to who sent a matter here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.clock import shanghai_date
from disputes.choices import AnswerWay, DeadlineKind
from disputes.errors import InvalidInput
from disputes.models import Origin
from disputes.rules.origin import answer_faults
from disputes.rules.step_inputs import AnswerOrigin
from disputes.services import clocks
from disputes.services.step_runner import Move, StepRun
from disputes.wording_origin import ORIGIN_FAULTS


def answer_origin(run: StepRun, given: AnswerOrigin) -> Move:
    """答复来件单位, once: in whatever state the dispute is by then; meets the clock of the sender's date."""
    if given.way not in AnswerWay.values:
        raise InvalidInput({"way": [_("请选择答复方式。")]})
    row = Origin.objects.select_for_update().get(dispute=run.dispute)
    wrong = [
        ORIGIN_FAULTS[fault] for fault in answer_faults(given.on, row.received_on, shanghai_date(run.now))
    ]
    if wrong:
        raise InvalidInput({"on": wrong})
    row.answered_on, row.answered_way, row.answered_at = given.on, given.way, run.now
    row.save(update_fields=["answered_on", "answered_way", "answered_at"])
    clocks.meet(run.dispute, DeadlineKind.ORIGIN, by=run.by, now=run.now)
    return Move(data={"on": given.on.isoformat(), "way": given.way}, texts={"account": given.account})
