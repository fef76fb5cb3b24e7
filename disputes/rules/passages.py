"""A text cut at the passages an upper app marks in it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """Characters `start` up to `end` (not included) of the narrative or the title, and what they count as."""

    start: int
    end: int
    label: str
    in_title: bool = False


@dataclass(frozen=True)
class Piece:
    """A run of the text; `label` says what a marked one counts as and is empty for the rest."""

    text: str
    label: str = ""


def cut(text: str, passages: Iterable[Passage]) -> list[Piece]:
    """The text in pieces that together are the text. Overlaps become one piece with both labels; passages that
    do not fit the text (it was erased since) are left out."""
    pieces: list[Piece] = []
    at = 0
    for start, end, labels in _joined(passages, len(text)):
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], "、".join(labels)))
        at = end
    if at < len(text) or not pieces:
        pieces.append(Piece(text[at:]))
    return pieces


def _joined(passages: Iterable[Passage], length: int) -> list[tuple[int, int, list[str]]]:
    fitting = sorted(
        (row for row in passages if 0 <= row.start < row.end <= length), key=lambda row: row.start
    )
    joined: list[tuple[int, int, list[str]]] = []
    for row in fitting:
        if joined and row.start < joined[-1][1]:
            start, end, labels = joined.pop()
            joined.append((start, max(end, row.end), list(dict.fromkeys([*labels, row.label]))))
        else:
            joined.append((row.start, row.end, [row.label]))
    return joined
