"""Who may open the page a notice leads to. Whoever owns the pages registers the answer; nobody else writes notices.

A notice about something that its reader may not open would tell them of it, and lead them to a 404.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
_guards: dict[str, Guard] = {}


def register(subject: str, guard: Guard) -> None:
    """One guard for each kind of subject; it answers a batch in a fixed number of queries."""
    _guards[subject] = guard


def guard_of(subject: str) -> Guard:
    return _guards[subject]
