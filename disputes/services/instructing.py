"""批示 on a dispute by a leader who may see it, whether or not a warning asked them."""

from django.utils.translation import gettext as _

from core.language import in_house_language
from disputes.disclosure import disclosure
from disputes.errors import NotPermitted
from disputes.rules.step_inputs import Instruct
from disputes.services import notices, step_runner
from disputes.services.step_runner import Move, StepRun


def instruct(run: StepRun, given: Instruct) -> Move:
    """批示: kept in the trail, told to everybody who handles the case. Changes neither unit nor date nor state.

    Raises NotPermitted for leaders of a unit that is a party or that gave the case back: they have no word in it.
    """
    if step_runner.is_past(run.dispute, run.by):
        raise step_runner.gave_it_back()
    if not disclosure(run.by, run.dispute).level:
        raise NotPermitted(_("本单位是当事人，不能对本件作批示。"))
    _tell(run, given.instruction)
    return Move(texts={"instruction": given.instruction})


@in_house_language
def _tell(run: StepRun, instruction: str) -> None:
    dispute = run.dispute
    users = notices.everybody_handling(dispute, run.now)
    notices.tell(
        dispute,
        [user for user in users if user != run.by.user_id],
        kind="instruct",
        title=_("%s 有领导批示，请按批示办理并报告进展") % dispute.display_number,
        key=f"instruct:{dispute.pk}:{dispute.version + 1}",
        now=run.now,
        more=notices.words_of_instruction(dispute, instruction),
    )
