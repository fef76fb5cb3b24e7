"""How far a trap reaches: the stretches of text in which what is said does not count."""

from bisect import bisect_right
from dataclasses import dataclass

from classifier.rules.policy import Trap
from classifier.rules.text import Narrative
from classifier.rules.whole import WholeWords


@dataclass(frozen=True, slots=True)
class Stretches:
    """Disjoint, ordered stretches of the plain text."""

    starts: list[int]
    ends: list[int]

    def holds(self, position: int) -> bool:
        index = bisect_right(self.starts, position) - 1
        return index >= 0 and position < self.ends[index]


def stretches(trap: Trap, narrative: Narrative, words: WholeWords) -> Stretches:
    """Where the trap holds in this text. Matches inside a stretch already taken add nothing and are skipped."""
    found = Stretches([], [])
    for start, end in words.found(trap.search):
        if not found.ends or end > found.ends[-1]:
            _add(found, *_span(trap, narrative, words, (start, end)))
    return found


def _add(found: Stretches, start: int, end: int) -> None:
    if found.ends and start <= found.ends[-1]:
        if start < found.starts[-1]:
            found.starts[-1] = start
        found.ends[-1] = max(end, found.ends[-1])
    else:
        found.starts.append(start)
        found.ends.append(end)


def _span(trap: Trap, narrative: Narrative, words: WholeWords, said: tuple[int, int]) -> tuple[int, int]:
    start, end = _unit(trap.reach, narrative, *said)
    if trap.ends is not None:
        turn = words.first(trap.ends, said[1], max(end, said[1]))
        end = end if turn is None else turn
    return start, end


def _unit(reach: str, narrative: Narrative, first: int, last: int) -> tuple[int, int]:
    if reach == "text":
        return 0, len(narrative.plain)
    if reach == "before":
        return 0, last
    start, end = narrative.clause(first) if reach.startswith("clause") else narrative.sentence(first)
    if reach.endswith("_after"):
        return first, max(end, last)
    return start, last if reach.endswith("_before") else end
