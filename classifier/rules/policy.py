"""The policy document, read and compiled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from classifier.rules.beginnings import Hints
from classifier.rules.counts import count_expression
from classifier.rules.faults import PolicyFault
from classifier.rules.inspection import check
from classifier.rules.patterns import Words, compile_all, hints_of
from classifier.rules.shape import WHOLE_WORDS

Document = dict[str, Any]


class PolicyError(ValueError):
    """The document cannot be used; `faults` says why."""

    def __init__(self, faults: list[PolicyFault]) -> None:
        super().__init__("; ".join(f"{fault.rule}: {fault.code} {fault.detail}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named thing the text can say."""

    id: str
    label: str
    danger: bool
    ongoing: bool
    search: re.Pattern[str]
    hints: tuple[Hints, ...]
    """What a text must hold for the search to be worth the while, pattern by pattern."""


@dataclass(frozen=True, slots=True)
class Trap:
    """Words that take back what other words seem to say, and how far they reach."""

    id: str
    label: str
    reach: str
    search: re.Pattern[str]
    hints: tuple[Hints, ...]
    ends: re.Pattern[str] | None
    only: frozenset[str]
    spares: frozenset[str]
    needs: str
    people_at_most: int | None

    def concerns(self, indicator: str) -> bool:
        return indicator not in self.spares and (not self.only or indicator in self.only)


@dataclass(frozen=True, slots=True)
class Combination:
    """One row of the table: all of these (each: any of), by that many people, make this level."""

    id: str
    label: str
    level: int
    needs: tuple[frozenset[str], ...]
    people: str
    together: str


@dataclass(frozen=True, slots=True)
class People:
    """How the text says who is how many."""

    counts: re.Pattern[str]
    crowd: re.Pattern[str]
    loose_crowd: re.Pattern[str]
    single: re.Pattern[str]
    bystanders_before: re.Pattern[str]
    bystanders_after: re.Pattern[str]
    representatives: re.Pattern[str]
    delegated: re.Pattern[str]
    """What stands before the size of a delegation: 代表, 推选, 选派."""
    not_delegates: re.Pattern[str]
    """Names somebody else than the delegates as those who act."""
    only_delegates: re.Pattern[str]
    """Says that nobody else acts."""


@dataclass(frozen=True, slots=True)
class Policy:
    version: int
    group: int
    hundreds: int
    indicators: tuple[Indicator, ...]
    traps: tuple[Trap, ...]
    rules: tuple[Combination, ...]
    people: People
    whole_words: re.Pattern[str]

    @classmethod
    def from_document(cls, document: Document) -> Self:
        """Compile a document; raises `PolicyError` with all faults when it has any."""
        faults = check(document)
        if faults:
            raise PolicyError(faults)
        words: Words = document["words"]
        return cls(
            version=document["version"],
            group=document["thresholds"]["group"],
            hundreds=document["thresholds"]["hundreds"],
            indicators=tuple(_indicator(entry, words) for entry in document["indicators"]),
            traps=tuple(_trap(entry, words) for entry in document["traps"]),
            rules=tuple(_rule(entry) for entry in sorted(document["rules"], key=_level)),
            people=_people(document["people"], words),
            whole_words=compile_all(words.get(WHOLE_WORDS, ()), words),
        )

    def label(self, id: str) -> str:
        """The county's word for an indicator, trap or rule."""
        named: dict[str, str] = {each.id: each.label for each in self.indicators}
        named |= {each.id: each.label for each in self.traps}
        named |= {each.id: each.label for each in self.rules}
        return named.get(id, id)


def _level(entry: Document) -> int:
    return int(entry["level"])


def _indicator(entry: Document, words: Words) -> Indicator:
    return Indicator(
        id=entry["id"],
        label=entry["label"],
        danger=entry.get("danger", False),
        ongoing=entry.get("ongoing", False),
        search=compile_all(entry["patterns"], words),
        hints=hints_of(entry["patterns"], words),
    )


def _trap(entry: Document, words: Words) -> Trap:
    ends: Sequence[str] = entry.get("ends", ())
    return Trap(
        id=entry["id"],
        label=entry["label"],
        reach=entry["reach"],
        search=compile_all(entry["patterns"], words),
        hints=hints_of(entry["patterns"], words),
        ends=compile_all(ends, words) if ends else None,
        only=frozenset(entry.get("only", ())),
        spares=frozenset(entry.get("spares", ())),
        needs=entry.get("needs", ""),
        people_at_most=entry.get("people_at_most"),
    )


def _rule(entry: Document) -> Combination:
    return Combination(
        id=entry["id"],
        label=entry["label"],
        level=entry["level"],
        needs=tuple(frozenset(alternatives) for alternatives in entry["needs"]),
        people=entry["people"],
        together=entry.get("together", "text"),
    )


def _people(entry: Document, words: Words) -> People:
    nouns = "|".join(entry["nouns"])
    return People(
        counts=re.compile(count_expression(nouns)),
        **{name: compile_all(entry.get(name, ()), words) for name in People.__slots__ if name != "counts"},
    )
