"""关注: who asked for it hears quietly of each step that others take, as long as the case is in their sight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import scopes_of
from core.actor import Actor
from core.language import in_house_language
from disputes.disclosure import LEVEL_STEPS, decide, disclosure
from disputes.errors import NotPermitted
from disputes.models import AccessGrant, Dispute, Following
from disputes.selectors import stubs
from disputes.services import notices
from disputes.wording import STEP_LABELS


@transaction.atomic
def follow(*, number: str, by: Actor, now: datetime) -> None:
    """From now on; twice changes nothing. Raises NotFound out of sight, NotPermitted for a stub or a past case."""
    dispute = _visible(number, by)
    if disclosure(by, dispute).trail_until is not None:
        raise NotPermitted(_("本件已不由贵单位办理，不能关注。"))
    Following.objects.get_or_create(dispute=dispute, user=by.user, defaults={"since": now})


@transaction.atomic
def unfollow(*, number: str, by: Actor) -> None:
    """Whether it was followed or not. Raises as `follow`, but for what one gave back."""
    Following.objects.filter(dispute=_visible(number, by), user=by.user).delete()


def _visible(number: str, by: Actor) -> Dispute:
    dispute: Dispute | None = Dispute.objects.visible_to(by).filter(number=number).first()
    if dispute is None:
        raise stubs.unseen(number, by)
    return dispute


def carry_over(source: Dispute, target: Dispute, *, now: datetime) -> None:
    """并案: who followed the one follows the case that goes on; what they see of it is asked like of any other."""
    users = Following.objects.filter(dispute=source).values_list("user_id", flat=True)
    rows = [Following(dispute=target, user_id=user, since=now) for user in users]
    Following.objects.bulk_create(rows, ignore_conflicts=True)


def tell_followers(dispute: Dispute, step_id: str, *, by: Actor, now: datetime) -> None:
    """Under the key of `notices.after_step`: whose turn it is was told already. One query where nobody follows."""
    followers = Following.objects.filter(dispute=dispute).exclude(user=by.user_id)
    users = list(followers.values_list("user_id", flat=True))
    hearing = hearers(dispute, users, now) if users else []
    if hearing:
        _tell(dispute, step_id, hearing, by=by, now=now)


def hearers(dispute: Dispute, users: Sequence[int], now: datetime) -> list[int]:
    """Who of them sees what happens now, not only what was until they gave it back. Three queries."""
    scopes = scopes_of(users, now)
    grants = AccessGrant.objects.filter(dispute=dispute, ends_at=None).values_list("key", "trail_until")
    rows = list(grants)

    def sees(user: int) -> bool:
        mine = [(key, until) for key, until in rows if key in scopes[user].keys]
        shown = decide(
            is_party=False,
            open_keys={key for key, until in mine if until is None},
            frozen={key: until for key, until in mine if until is not None},
            may_unmask=False,
            restricted=dispute.is_restricted,
        )
        return shown.content and shown.trail_until is None

    return [user for user in users if sees(user)]


@in_house_language
def _tell(dispute: Dispute, step_id: str, users: Sequence[int], *, by: Actor, now: datetime) -> None:
    said = {"number": dispute.display_number, "who": by.label, "step": STEP_LABELS[step_id]}
    notices.tell(
        dispute,
        users,
        kind=f"followed.{step_id}",
        title=_("您关注的 %(number)s：%(who)s 办理了“%(step)s”") % said,
        key=f"step:{dispute.pk}:{dispute.version}",
        now=now,
        inner=step_id.startswith(LEVEL_STEPS),
        quiet=True,
    )
