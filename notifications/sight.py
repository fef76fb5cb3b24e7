"""What a notice tells is hidden once its reader must keep out of what it tells of, and it leads nowhere once they may
not open the page any more. Upper apps know; they register."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from core.actor import Actor
from notifications.models import Notice

Hides = Callable[[Actor, Sequence[Notice]], set[int]]  # the ids among them that the reader must not read
_hides: list[Hides] = []
_shuts: list[Hides] = []


def register(hides: Hides) -> Hides:
    """Add somebody who knows; also usable as a decorator."""
    if hides not in _hides:
        _hides.append(hides)
    return hides


def register_shut(shuts: Hides) -> Hides:
    """Add somebody who knows which of them lead to a page the reader may not open by now."""
    if shuts not in _shuts:
        _shuts.append(shuts)
    return shuts


def shut(by: Actor | None, notices: Sequence[Notice]) -> None:
    """Their part in it has ended since they were told: they keep the title they read, without the matter's name and
    the way there. Only the rows in hand change."""
    if by is None or not notices:
        return
    ended = {pk for shuts in _shuts for pk in shuts(by, notices)}
    for notice in notices:
        if notice.pk in ended:
            notice.body = notice.url = ""


def veil(by: Actor | None, notices: Sequence[Notice]) -> None:
    """Takes the words of those out of the rows in hand; nothing is written."""
    if by is None or not notices:
        return
    hidden = {pk for hides in _hides for pk in hides(by, notices)}
    for notice in notices:
        if notice.pk in hidden:
            notice.title, notice.body = _("您应当回避这件事项，内容不再显示"), ""
