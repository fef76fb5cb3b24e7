"""The coordinator's answer about the level while accepting a case, at whichever door: confirmed as it was proposed, or
another level, each by the rule that stands for it elsewhere (§7)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from core.actor import Actor
from core.transactions import retried
from disputes import public
from disputes.disclosure import disclosure
from disputes.events import StepTaken
from disputes.models import Dispute
from early_warning import rights
from early_warning.choices import WarningState
from early_warning.errors import InvalidInput, NotPermitted, WrongState
from early_warning.models import DisputeWarning, ImportedLevel
from early_warning.rules import levels as rules
from early_warning.selectors.level_states import NO_WARNING, level_state
from early_warning.services import imported_levels, levels, warnings

ANSWERS = (rules.NONE, 1, 2, 3)


def follow_step(event: StepTaken) -> None:
    """The level the coordinator answered with the step."""
    if "level" in event.beside:
        answer(event.dispute, **event.beside, by=event.by, now=event.now)


def answer(dispute: Dispute, *, level: int, reason: str, by: Actor, now: datetime) -> None:
    """Inside the step, of the dispute in hand. Raises NotPermitted, InvalidInput (`level`, `reason`)."""
    if not rights.may_grade(by, dispute) or not disclosure(by, dispute).level:
        raise NotPermitted(_("预警级别由管理本件的综治中心核定，您当前的岗位不能调整。"))
    if level not in ANSWERS:
        raise InvalidInput({"level": [_("请选择预警级别。")]})
    state = level_state(dispute)
    if rules.needs_reason(state.proposed, level) and not reason.strip():
        raise InvalidInput({"reason": [_("与初判的级别不同，请写明理由。")]})
    try:
        _apply(dispute, level, reason.strip(), by, now, is_confirmed=state.confirmed)
    except WrongState as error:
        raise InvalidInput({"level": [str(error)]}) from error


@retried
def confirm_none(*, number: str, by: Actor, now: datetime) -> None:
    """核定不预警 where nothing was found, outside of a step: one click, no reason. Locks the dispute.

    Raises NotFound, NotPermitted, WrongState.
    """
    dispute = public.lock_told(by, number=number)
    if not rights.may_grade(by, dispute):
        raise NotPermitted(_("预警级别由管理本件的综治中心核定，您当前的岗位不能调整。"))
    state = level_state(dispute)
    if state.proposed or state.confirmed:
        raise WrongState(_("预警情况已经改变，请刷新页面。"))
    _find_none(dispute, "", by, now)


def _apply(
    dispute: Dispute, level: int, reason: str, by: Actor, now: datetime, *, is_confirmed: bool
) -> None:
    warning = warnings.open_warning_of(dispute)
    if warning is not None:
        return _of_warning(warning, level, reason, by, now)
    imported = ImportedLevel.objects.filter(dispute=dispute, decided_at=None).order_by("level").first()
    if imported is not None:
        return imported_levels.decide_one(imported.pk, level, reason, by, now)
    if level != rules.NONE:
        levels.propose_by_person(dispute_id=dispute.pk, level_to=level, reason=reason, by=by, now=now)
    elif not is_confirmed:
        _find_none(dispute, reason, by, now)
    return None


def _of_warning(warning: DisputeWarning, level: int, reason: str, by: Actor, now: datetime) -> None:
    """A level that stands confirmed already is not confirmed a second time."""
    if level == warning.level:
        if warning.state == WarningState.UNCONFIRMED:
            levels.confirm(warning_id=warning.pk, reason=reason, by=by, now=now)
    elif level == rules.NONE:
        levels.lift(warning_id=warning.pk, reason=reason, by=by, now=now)
    else:
        change = levels.raise_level if rules.is_higher(level, warning.level) else levels.lower
        change(warning_id=warning.pk, level_to=level, reason=reason, by=by, now=now)


def _find_none(dispute: Dispute, reason: str, by: Actor, now: datetime) -> None:
    with public.working_on(dispute, by=by, now=now) as work:
        work.record(NO_WARNING, texts={"reason": reason})
