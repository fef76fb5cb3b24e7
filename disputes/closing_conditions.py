"""What stands in the way of closing a dispute that was not resolved (ADR 33), and who does it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from disputes import principals
from disputes.choices import Status
from disputes.models import Dispute, NotResolved
from disputes.rules import not_resolved as rules
from disputes.rules.not_resolved import ANSWER, Followed
from disputes.wording_not_resolved import NOBODY, TO_DO

WITH = ("answered_by__user", "answered_by__post__organization__place")


def current_of(dispute: Dispute) -> NotResolved | None:
    """The finding that stands: one query, none in any other state."""
    if dispute.status != Status.NOT_RESOLVED:
        return None
    return dispute.not_resolved.filter(ended_at=None).select_related(*WITH).first()


def followed(row: NotResolved, dispute: Dispute) -> Followed:
    return Followed(
        told=row.told_on is not None,
        revisited=dispute.revisited_at is not None and dispute.revisited_at >= row.found_at,
        chosen=bool(row.chosen),
        answer=row.answer,
    )


def missing_of(dispute: Dispute) -> tuple[str, ...]:
    """What stands in the way of closing a dispute that was not resolved; empty in any other state."""
    row = current_of(dispute)
    return () if row is None else rules.missing(followed(row, dispute))


def refusal_to_close(dispute: Dispute) -> str:
    """What is missing and who does it, in one sentence; empty when nothing is."""
    gone = missing_of(dispute)
    if not gone:
        return ""
    return _("处理未果的，销号前还须：%s。") % _("；").join(to_do_words(name, dispute) for name in gone)


def to_do_words(name: str, dispute: Dispute) -> str:
    """Who does the missing thing named, in words."""
    said = str(TO_DO[name])
    return said % {"who": who_is_asked(dispute)} if name == ANSWER else said


def who_is_asked(dispute: Dispute) -> str:
    """The posts asked for an answer, in words."""
    return _("或").join(str(post) for post in principals.asked(dispute)) or str(NOBODY)
