"""Whether few should know, as a page, a form and the API tell it: what asks it, and who answered what when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from core.actor import Actor
from core.clock import SHANGHAI
from core.templatetags.components import sh_time
from disputes.choices import Confidentiality, RestrictionAnswer
from disputes.models import Dispute, RestrictionQuestion
from disputes.querysets import DisputeQuerySet, opened
from disputes.rules import lifecycle
from disputes.rules.protection import grounds_in
from disputes.wording_protection import mentioned, proposal


@dataclass(frozen=True)
class Question:
    """`words` ask it, by what stands in the text (`reason`); `answered` says by whom and when it was answered, or that
    it is open. `row` is None for what was registered before answers were kept: then it is open."""

    words: str
    reason: str
    answered: str
    grounds: tuple[str, ...]
    row: RestrictionQuestion | None


def question_of(dispute: Dispute) -> Question | None:
    """The question the dispute's text asks; None where it asks none. One query where it does."""
    found = grounds_in(f"{dispute.title}\n{dispute.narrative}")
    if not found:
        return None
    rows = RestrictionQuestion.objects.select_related("answered_by__user", "answered_by__post__organization")
    row = rows.filter(dispute=dispute.pk).first()
    return Question(
        proposal(found), mentioned(found), _answered(row), tuple(str(ground) for ground in found), row
    )


def api_of(dispute: Dispute) -> dict[str, Any] | None:
    """For the API; `answer` null while nobody has answered."""
    asked = question_of(dispute)
    if asked is None:
        return None
    row = asked.row
    return {
        "grounds": list(asked.grounds),
        "answer": (row.answer if row else "") or None,
        "answered_by": row.answered_by.user.username if row and row.answered_by else None,
        "answered_at": _iso(row.answered_at) if row else None,
    }


def open_questions(rows: DisputeQuerySet, by: Actor) -> DisputeQuerySet:
    """What asks whether few should know and has no answer; of a stub it is not learned."""
    return rows.filter(
        opened(by) & OPEN & ~Q(status__in=sorted(lifecycle.ENDED)),
        confidentiality=Confidentiality.NORMAL,
    )


OPEN = Q(restriction_question__answer="")


def _answered(row: RestrictionQuestion | None) -> str:
    if row is None or row.answered_by is None:
        return _("还没有人答复。")
    said = {"who": row.answered_by, "when": sh_time(row.answered_at)}
    if row.answer == RestrictionAnswer.YES:
        return _("%(who)s %(when)s 答复：限制知悉。") % said
    return _("%(who)s %(when)s 答复：不需要限制知悉。") % said


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds") if moment else None
