"""告知途径 and the principal leader's answer: what must follow before a dispute that was not resolved may be closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from core.clock import shanghai_date
from core.language import in_house_language
from core.templatetags.components import sh_date
from disputes.choices import DeadlineKind, LeaderAnswer, Route, TellingWay
from disputes.disclosure import disclosure
from disputes.errors import InvalidInput, NotPermitted
from disputes.models import NotResolved
from disputes.rules.step_inputs import AnswerNotResolved, TellRoutes
from disputes.services import clocks, not_resolved, notices, step_runner
from disputes.services.step_runner import Move, StepRun


def tell_routes(run: StepRun, given: TellRoutes) -> Move:
    """告知途径: which lawful routes the parties were told of, when and how, and which one they chose. Taken again it
    puts that right or adds the choice; what was written before stays in the trail.

    Meets the clock for deciding what comes next, and starts that of the revisit. Raises InvalidInput at its field.
    """
    row = not_resolved.standing(run.dispute)
    _require_right(row, given.routes, given.on, given.way, given.chosen, shanghai_date(run.now))
    first = row.told_on is None
    row.routes, row.told_on, row.told_way = sorted(set(given.routes)), given.on, given.way
    row.chosen, row.told_at = given.chosen, run.now
    row.save(update_fields=["routes", "told_on", "told_way", "chosen", "told_at"])
    clocks.meet(run.dispute, DeadlineKind.DISPATCH, by=run.by, now=run.now)
    if first and run.dispute.revisited_at is None:
        clocks.start(run.dispute, DeadlineKind.REVISIT, now=run.now)
    return Move(
        data={
            "routes": row.routes,
            "on": given.on.isoformat(),
            "way": given.way,
            "chosen": given.chosen or None,
        }
    )


def _require_right(
    row: NotResolved, routes: Sequence[str], on: date, way: str, chosen: str, today: date
) -> None:
    errors: dict[str, list[object]] = {}
    unknown = [route for route in routes if route not in Route.values]
    if unknown:
        errors["routes"] = [_("没有这种途径：%s") % "、".join(unknown)]
    if on > today:
        errors["on"] = [_("告知日期不能晚于今天。")]
    elif on < row.reported_on:
        errors["on"] = [_("告知日期不能早于承办单位报结的 %s。") % sh_date(row.reported_on)]
    if way not in TellingWay.values:
        errors["way"] = [_("请选择告知方式。")]
    if chosen and chosen not in routes:
        errors["chosen"] = [_("当事人选择的途径须在已告知的途径之内。")]
    if errors:
        raise InvalidInput(errors)


def answer_not_resolved(run: StepRun, given: AnswerNotResolved) -> Move:
    """主要领导答复 (§8): once more, or another lawful way. Taken again the later answer counts; both stay in the trail.

    Once more starts the centre's clock for dispatching. Raises InvalidInput (`decision`), NotPermitted for leaders of a
    unit that is a party or that gave the case back.
    """
    if given.decision not in LeaderAnswer.values:
        raise InvalidInput({"decision": [_("请选择答复意见。")]})
    if step_runner.is_past(run.dispute, run.by):
        raise step_runner.gave_it_back()
    if run.by.acting is None or not disclosure(run.by, run.dispute).level:
        raise NotPermitted(_("本单位是当事人，不能对本件作出答复。"))
    row = not_resolved.standing(run.dispute)
    row.answer, row.answered_at, row.answered_by = given.decision, run.now, run.by.acting
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    if given.decision == LeaderAnswer.AGAIN and clocks.running(run.dispute, DeadlineKind.DISPATCH) is None:
        clocks.start(run.dispute, DeadlineKind.DISPATCH, now=run.now)
    _tell(run, given.decision, given.instruction)
    return Move(data={"decision": given.decision}, texts={"instruction": given.instruction})


@in_house_language
def _tell(run: StepRun, decision: str, instruction: str) -> None:
    """The centre that manages it, and the county's where it was handed down."""
    dispute = run.dispute
    said = {"number": dispute.display_number, "answer": LeaderAnswer(decision).label}
    users = notices.everybody_handling(dispute, run.now)
    notices.tell(
        dispute,
        [user for user in users if user != run.by.user_id],
        kind="not_resolved.answered",
        title=_("%(number)s 主要领导已答复：%(answer)s") % said,
        key=f"not_resolved.answered:{dispute.pk}:{dispute.version + 1}",
        now=run.now,
        inner=True,
        more=notices.words_of_instruction(dispute, instruction),
    )
