"""Whether few should know: asked by the words of a text, answered by a person. The only writer of the question's row.

Nothing is restricted by it, and nobody is told: it stands on the page and in the ledger until somebody answers.
Callers hold the dispute's row lock, or are about to write the row.
"""

from __future__ import annotations

from datetime import datetime

from accounts.models import Appointment
from disputes.choices import RestrictionAnswer
from disputes.models import Dispute, RestrictionQuestion
from disputes.rules.protection import grounds_in

YES, NO = RestrictionAnswer.YES, RestrictionAnswer.NO


def on_registration(
    dispute: Dispute, *, stated: bool | None, refused: bool, by: Appointment, now: datetime
) -> RestrictionQuestion | None:
    """The question a new text asks, unless its category has answered it, with what the clerk said: `stated` as over the
    API, `refused` where the form asked and it was left unrestricted. Neither: it is open. Not saved."""
    if dispute.is_restricted and not stated:
        return None
    grounds = _grounds(dispute)
    if not grounds:
        return None
    row = RestrictionQuestion(dispute=dispute, grounds=grounds, asked_at=now)
    if dispute.is_restricted:
        return _answered(row, YES, by, now)
    return _answered(row, NO, by, now) if refused or stated is False else row


def entry_data(question: RestrictionQuestion | None) -> dict[str, object]:
    """What the trail keeps: by which grounds it was asked, and what was answered (nothing while it is open)."""
    if question is None:
        return {}
    return {"restriction": {"grounds": list(question.grounds), "answer": question.answer}}


def answer(dispute: Dispute, said: RestrictionAnswer, *, by: Appointment | None, now: datetime) -> bool:
    """Restricted or not, after all; False where nothing asked, so there was nothing to answer."""
    if by is None:
        return False
    rows = RestrictionQuestion.objects.filter(dispute=dispute)
    return bool(rows.update(answer=said, answered_by=by, answered_at=now))


def ask_anew(dispute: Dispute, now: datetime) -> None:
    """The text was corrected: a ground it did not name before asks again; what it names no more asks nothing."""
    row, grounds = RestrictionQuestion.objects.filter(dispute=dispute).first(), _grounds(dispute)
    if not grounds:
        if row is not None:
            row.delete()
        return
    if dispute.is_restricted or (row is not None and set(grounds) <= set(row.grounds)):
        if row is not None and row.grounds != grounds:
            row.grounds = grounds
            row.save(update_fields=["grounds"])
        return
    _open(row or RestrictionQuestion(dispute=dispute), grounds, now)


def carry(target: Dispute, merged: Dispute, now: datetime) -> None:
    """What was merged is read in the case that goes on: a ground nobody has answered there asks there."""
    if target.is_restricted:
        return
    theirs = RestrictionQuestion.objects.filter(dispute=merged).first()
    if theirs is None:
        return
    row = RestrictionQuestion.objects.filter(dispute=target).first()
    known = set(row.grounds) if row is not None else set()
    if set(theirs.grounds) <= known:
        return
    both = sorted(known | set(theirs.grounds))
    if row is None and theirs.answer == NO:
        copy = RestrictionQuestion(dispute=target, grounds=both, asked_at=theirs.asked_at)
        _answered(copy, NO, theirs.answered_by, theirs.answered_at).save()
        return
    _open(row or RestrictionQuestion(dispute=target), both, now)


def _open(row: RestrictionQuestion, grounds: list[str], now: datetime) -> None:
    row.grounds, row.asked_at = grounds, now
    row.answer, row.answered_by, row.answered_at = "", None, None
    row.save()


def _answered(
    row: RestrictionQuestion, said: RestrictionAnswer, by: Appointment | None, at: datetime | None
) -> RestrictionQuestion:
    row.answer, row.answered_by, row.answered_at = said, by, at
    return row


def _grounds(dispute: Dispute) -> list[str]:
    return sorted(str(ground) for ground in grounds_in(f"{dispute.title}\n{dispute.narrative}"))
