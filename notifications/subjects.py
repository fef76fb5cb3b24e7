"""What stands beside the notices of one matter: its name and its level, as far as the reader may know them now.
Whoever owns the matters registers the answer; notifications know no domain."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from core.actor import Actor
from core.registry import Registry


@dataclass(frozen=True)
class Beside:
    """`pill` is ready to show, empty where there is nothing to show or to know."""

    name: str
    url: str
    pill: SafeString | str = ""


Answer = Callable[[Actor, Collection[int]], Mapping[int, Beside]]
answers: Registry[Answer] = Registry()


def register(subject: str, answer: Answer) -> None:
    """One answer for each kind of subject, in a fixed number of queries; matters out of sight are left out."""
    answers.register(answer, name=subject)


def beside(by: Actor | None, wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], Beside]:
    """By subject and id; what nobody answers for, or the reader does not see, is missing."""
    if by is None:
        return {}
    ids: dict[str, set[int]] = {}
    for subject, pk in wanted:
        if subject in answers and pk:
            ids.setdefault(subject, set()).add(pk)
    return {
        (subject, pk): one
        for subject, asked in ids.items()
        for pk, one in answers[subject](by, asked).items()
    }
