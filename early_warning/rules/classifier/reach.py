"""How far a trap reaches: the stretches of text in which what is said does not count."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from early_warning.rules.classifier.policy import Trap
from early_warning.rules.classifier.text import Narrative


@dataclass(frozen=True, slots=True)
class Stretches:
    """Disjoint, ordered stretches of the plain text."""

    starts: list[int]
    ends: list[int]

    def holds(self, position: int) -> bool:
        index = bisect_right(self.starts, position) - 1
        return index >= 0 and position < self.ends[index]


def stretches(trap: Trap, narrative: Narrative) -> Stretches:
    """Where the trap holds in this text. Matches inside a stretch already taken add nothing and are skipped."""
    found = Stretches([], [])
    for match in trap.search.finditer(narrative.plain):
        if not found.ends or match.end() > found.ends[-1]:
            _add(found, *_span(trap, narrative, match))
    return found


def _add(found: Stretches, start: int, end: int) -> None:
    if found.ends and start <= found.ends[-1]:
        if start < found.starts[-1]:
            found.starts[-1] = start
        found.ends[-1] = max(end, found.ends[-1])
    else:
        found.starts.append(start)
        found.ends.append(end)


def _span(trap: Trap, narrative: Narrative, match: re.Match[str]) -> tuple[int, int]:
    start, end = _unit(trap.reach, narrative, match)
    if trap.ends is not None:
        turn = trap.ends.search(narrative.plain, match.end(), max(end, match.end()))
        end = turn.start() if turn else end
    return start, end


def _unit(reach: str, narrative: Narrative, match: re.Match[str]) -> tuple[int, int]:
    if reach == "text":
        return 0, len(narrative.plain)
    if reach == "before":
        return 0, match.end()
    if reach.startswith("clause"):
        start, end = narrative.clause(match.start())
    else:
        start, end = narrative.sentence(match.start())
    if reach.endswith("_after"):
        return match.start(), max(end, match.end())
    return start, match.end() if reach.endswith("_before") else end
