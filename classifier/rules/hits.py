"""What the text says, and what of it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from classifier.rules.policy import Policy, Trap
from classifier.rules.reach import Stretches, stretches
from classifier.rules.text import Narrative
from classifier.rules.whole import WholeWords

MOST_HITS = 400
"""Of one indicator: a text that says the same thing more often says nothing new."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An indicator found in the plain text; `trap` names what takes it back, empty when it stands."""

    indicator: str
    start: int
    end: int
    trap: str


@dataclass(frozen=True, slots=True)
class _SetTrap:
    trap: Trap
    where: Stretches

    def catches(self, indicator: str, start: int) -> bool:
        return self.trap.concerns(indicator) and self.where.holds(start)


def find_hits(narrative: Narrative, policy: Policy, people_count: int | None) -> list[Hit]:
    """Every indicator in the text, in order of place, each with the trap that takes it back, if any."""
    words = WholeWords.of(narrative.plain, policy.whole_words)
    set_traps: list[_SetTrap] | None = (
        None  # looked for when there is something to catch: most texts say nothing
    )
    hits = []
    for indicator in policy.indicators:
        if not words.may_hold(indicator.hints):
            continue
        for start, end in islice(words.found(indicator.search), MOST_HITS):
            if set_traps is None:
                set_traps = _set(policy, narrative, words, people_count)
            hits.append(Hit(indicator.id, start, end, _caught(set_traps, indicator.id, start)))
    return sorted(hits, key=lambda hit: (hit.start, hit.end))


def _caught(set_traps: list[_SetTrap], indicator: str, start: int) -> str:
    for each in set_traps:
        if each.catches(indicator, start):
            return each.trap.id
    return ""


def _set(policy: Policy, narrative: Narrative, words: WholeWords, people_count: int | None) -> list[_SetTrap]:
    said = _said(policy, words)
    return [
        _SetTrap(trap, stretches(trap, narrative, words))
        for trap in policy.traps
        if _few_enough(trap, people_count)
        and words.may_hold(trap.hints)
        and (not trap.needs or said(trap.needs))
    ]


def _few_enough(trap: Trap, people_count: int | None) -> bool:
    return trap.people_at_most is None or (people_count or 0) <= trap.people_at_most


def _said(policy: Policy, words: WholeWords) -> Callable[[str], bool]:
    traps = {trap.id: trap for trap in policy.traps}
    return lambda id: words.may_hold(traps[id].hints) and any(words.found(traps[id].search))
