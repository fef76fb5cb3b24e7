"""A text held against a policy, shown with what spoke for the answer. Nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from classifier.models import WarningPolicy
from classifier.rules import Policy, Verdict, check, classify
from classifier.selectors.policy import policy_in_force
from classifier.selectors.policy_pages import level_name
from classifier.wording import label_of
from disputes.rules.passages import Passage, Piece, cut


@dataclass(frozen=True)
class Tried:
    """What a version says of a text, and what the one in force says."""

    usable: bool
    level: int = 0
    label: str = ""
    rule: str = ""
    danger: bool = False
    happening: bool = False
    now_label: str = ""
    same: bool = True
    pieces: tuple[Piece, ...] = ()


def tried(row: WarningPolicy, *, narrative: str, people_count: int | None, now: datetime) -> Tried:
    """A draft with faults reads nothing."""
    if check(row.document):
        return Tried(usable=False)
    verdict = classify(narrative, people_count=people_count, policy=Policy.from_document(row.document))
    present = classify(narrative, people_count=people_count, policy=policy_in_force(now)[1])
    return Tried(
        usable=True,
        level=verdict.level,
        label=level_name(verdict.level),
        rule=label_of(row.document, verdict.rule) if verdict.rule else "",
        danger=verdict.danger,
        happening=verdict.happening,
        now_label=level_name(present.level),
        same=_marks(verdict) == _marks(present),
        pieces=tuple(cut(narrative, passages_of(verdict, row.document))),
    )


def _marks(verdict: Verdict) -> tuple[int, bool, bool]:
    return verdict.level, verdict.danger, verdict.happening


def passages_of(verdict: Verdict, document: dict[str, object]) -> list[Passage]:
    return [Passage(row.start, row.end, label_of(document, row.indicator)) for row in verdict.evidence]
