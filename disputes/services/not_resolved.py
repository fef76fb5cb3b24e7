"""The rows of 处理未果: opened when a result is found not resolved, over when the dispute goes on or is closed.

The only writer of `NotResolved` beside its two steps (`not_resolved_steps`). Callers hold the dispute's row lock.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from core.clock import shanghai_date
from core.language import in_house_language
from disputes import principals
from disputes.models import Dispute, NotResolved
from disputes.rules.lifecycle import NOT_RESOLVED
from disputes.services import notices
from jurisdictions.models import Organization


def follow(dispute: Dispute, came_from: str, *, step: str, now: datetime) -> None:
    """After a step has saved the dispute: what was found goes with the state, whichever step led in or out of it."""
    if came_from == dispute.status:
        return
    if came_from == NOT_RESOLVED:
        NotResolved.objects.filter(dispute=dispute, ended_at=None).update(ended_at=now, ended_by_step=step)
    if dispute.status == NOT_RESOLVED:
        reported_on = shanghai_date(dispute.submitted_at or now)
        NotResolved.objects.create(dispute=dispute, found_at=now, reported_on=reported_on)


def standing(dispute: Dispute) -> NotResolved:
    """The finding that stands, under its row lock."""
    row: NotResolved = NotResolved.objects.select_for_update().get(dispute=dispute, ended_at=None)
    return row


def let_barred_go(dispute: Dispute, units: Sequence[Organization], people: Sequence[User]) -> None:
    """The answer of a leader who must keep out by now counts no more (信访工作条例 art. 30); the trail keeps it."""
    rows = NotResolved.objects.filter(dispute=dispute, ended_at=None).filter(
        Q(answered_by__user__in=people) | Q(answered_by__post__organization__in=units)
    )
    rows.update(answer="", answered_at=None, answered_by=None)


@in_house_language
def tell_principals(dispute: Dispute, *, now: datetime) -> None:
    """The principal leaders asked (§8), and who stands in for them, hear that their answer is wanted."""
    posts = principals.asked(dispute)
    held = Appointment.objects.current(shanghai_date(now)).filter(post__in=posts)
    notices.tell(
        dispute,
        notices.with_stand_ins(list(held.order_by("pk").values_list("pk", "user_id")), now),
        kind="not_resolved.asked",
        title=_("%s 处理未果，请您答复：继续组织化解，还是同意转其他途径") % dispute.display_number,
        key=f"not_resolved:{dispute.pk}:{dispute.version}",
        now=now,
    )
