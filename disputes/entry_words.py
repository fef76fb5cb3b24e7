"""How trail entries written by upper apps read in the timeline. They register in their `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Note = Callable[[dict[str, Any]], str]


def _nothing(data: dict[str, Any]) -> str:
    return ""


@dataclass(frozen=True)
class EntryWords:
    """`label` is lazy, in the context `trail`: in English it follows who did it. `note` makes one line out of the
    payload's data (ids, codes, numbers).

    `level` and `leader` say which warning level, which leader's post (by code, empty for nobody) holds from that entry
    on, for a reader who sees the case as it was then.
    """

    label: Any
    icon: str = "dot"
    tone: str = "neutral"
    note: Note = _nothing
    level: Callable[[dict[str, Any]], int] | None = None
    leader: Callable[[dict[str, Any]], str] | None = None


REGISTERED: dict[str, EntryWords] = {}


def register(words: dict[str, EntryWords]) -> None:
    """Adds words by step id; a step id belongs to one app."""
    REGISTERED.update(words)
