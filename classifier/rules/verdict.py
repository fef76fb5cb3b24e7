"""What the classifier answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of the text that spoke for the verdict: `text == narrative[start:end]`, of the title if it says so."""

    indicator: str
    text: str
    start: int
    end: int
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A level of §7 (1 highest, 0 none), the separate mark of danger, and why."""

    level: int
    danger: bool
    evidence: tuple[Evidence, ...]
    rule: str
    """The combination that decided; empty at level 0."""
    happening: bool = False
    """Of level 1: the words beside the evidence say that it goes on now (§10)."""
