"""What a reader may know of the matter a notice tells of, before it is written and ever after. Whoever owns the
pages registers the answers; nobody else writes notices.

Before: a notice about something that its reader may not open would tell them of it, and lead them to a 404. After:
what it tells is hidden once its reader must keep out, and it leads nowhere once they may not open the page any more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from core.actor import Actor
from core.registry import Registry
from notifications.models import Notice


class Sight(StrEnum):
    OPEN = "open"
    CLOSED = "closed"  # may not open the page
    BARRED = "barred"  # must keep out altogether: is told nothing of it


@dataclass(frozen=True)
class Asked:
    """May this user open that subject now? `inner`: a page of what is disclosed to fewer."""

    subject_id: int
    user_id: int
    inner: bool = False


Guard = Callable[[Collection[Asked], datetime], dict[Asked, Sight]]
Hides = Callable[[Actor, Sequence[Notice]], set[int]]  # the ids among them that the reader must not read
guards: Registry[Guard] = Registry()
hiders: Registry[Hides] = Registry()
shutters: Registry[Hides] = Registry()
register_hides = hiders.register  # who knows what its reader must not read any more
register_shut = shutters.register  # who knows which of them lead to a page the reader may not open by now


def register_guard(subject: str, guard: Guard) -> None:
    """One guard for each kind of subject; it answers a batch in a fixed number of queries."""
    guards.register(guard, name=subject)


def guard_of(subject: str) -> Guard:
    return guards[subject]


def shut(by: Actor | None, notices: Sequence[Notice]) -> None:
    """Their part in it has ended since they were told: they keep the title they read, without the matter's name and
    the way there. Only the rows in hand change."""
    if by is None or not notices:
        return
    ended = {pk for shuts in shutters for pk in shuts(by, notices)}
    for notice in notices:
        if notice.pk in ended:
            notice.body = notice.url = ""


def veil(by: Actor | None, notices: Sequence[Notice]) -> None:
    """Takes the words of those out of the rows in hand; nothing is written."""
    if by is None or not notices:
        return
    hidden = {pk for hides in hiders for pk in hides(by, notices)}
    for notice in notices:
        if notice.pk in hidden:
            notice.title, notice.body = _("您应当回避这件事项，内容不再显示"), ""
