"""限制知悉 after registration: who may open the case changes at once, in it and in what was merged into it."""

from disputes.choices import Confidentiality, RestrictionAnswer
from disputes.models import Dispute
from disputes.rules.step_inputs import Reason
from disputes.services import access, alarm, ledger, restriction_questions
from disputes.services.step_runner import Move, StepRun

SAVED = ("confidentiality", "access_keys", "version")


def restrict(run: StepRun, given: Reason) -> Move:
    """限制知悉: from now on only posts and persons named open it, and every look is recorded; to whom it was open
    before, it stays listed without its content."""
    return _change(run, Confidentiality.RESTRICTED, given.reason)


def lift_restriction(run: StepRun, given: Reason) -> Move:
    """解除限制知悉: place and unit open it again."""
    return _change(run, Confidentiality.NORMAL, given.reason)


def _change(run: StepRun, to: Confidentiality, reason: str) -> Move:
    data: dict[str, object] = {
        "changed": {"restricted": [run.dispute.is_restricted, to == Confidentiality.RESTRICTED]}
    }
    run.dispute.confidentiality = to
    said = RestrictionAnswer.YES if to == Confidentiality.RESTRICTED else RestrictionAnswer.NO
    restriction_questions.answer(run.dispute, said, by=run.by.acting, now=run.now)
    alarm.follow(run.dispute, now=run.now)
    _follow(run, to, data)
    return Move(data=data, texts={"reason": reason}, access_changed=True)


def _follow(run: StepRun, to: Confidentiality, data: dict[str, object]) -> None:
    """What was merged into it is read in it: the same circle. Locks those ascending by id."""
    rows = Dispute.objects.filter(survivor=run.dispute).exclude(confidentiality=to).defer("search")
    merged = list(rows.order_by("pk").select_for_update())
    for row in merged:
        row.confidentiality = to
        row.version += 1
        access.rebuild(row)
        row.save(update_fields=SAVED)
    said = data | {"into": run.dispute.number}
    ledger.append_all(
        [(row, ledger.NewEntry(run.step.id, row.status, row.status, said)) for row in merged],
        by=run.by,
        now=run.now,
    )
