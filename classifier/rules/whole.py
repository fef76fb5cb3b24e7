"""Words that must not be read in part: 加油站 says nothing of standing, 交易引发 nothing of 易引发."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from classifier.rules.beginnings import Hints

BLANK = "□"
WORTH_A_LOOK = 150
"""A shorter text is sooner searched than looked over."""
MOST_CUTS = 400
"""Of one search; a text with more of them is read as it stands."""


@dataclass(frozen=True)
class WholeWords:
    """Where the policy's whole words stand in one text, in order and disjoint."""

    plain: str
    spans: list[tuple[int, int]]

    @classmethod
    def of(cls, plain: str, words: re.Pattern[str]) -> "WholeWords":
        return cls(plain, [match.span() for match in words.finditer(plain)])

    @cached_property
    def _characters(self) -> frozenset[str]:
        return frozenset(self.plain) | {BLANK}

    def may_hold(self, hints: tuple[Hints, ...]) -> bool:
        """False only where the text lacks characters that each of the patterns cannot do without."""
        if len(self.plain) < WORTH_A_LOOK:
            return True
        characters = self._characters
        return any(not any(map(characters.isdisjoint, needed)) for needed in hints)

    def found(self, search: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """The places of a search, none of which reads a whole word in part at its edge.

        A word read in part is blanked and the search tried again there: it may reach further.
        """
        plain, at, cuts = self.plain, 0, 0
        while match := search.search(plain, at):
            cut = self._cut(search, plain, *match.span())
            if cut is None or cuts == MOST_CUTS:
                yield match.span()
                at = match.end()
            else:
                plain = _without(plain, *cut)
                at, cuts = match.start(), cuts + 1

    def first(self, search: re.Pattern[str], start: int, end: int) -> int | None:
        """Where a search first holds between two places, whole words respected."""
        for match in search.finditer(self.plain, start, end):
            if self._cut(search, self.plain, *match.span()) is None:
                return match.start()
        return None

    def _cut(self, search: re.Pattern[str], plain: str, start: int, end: int) -> tuple[int, int] | None:
        """The word read in part where the match begins or ends, if any."""
        first, last = self._around(start), self._around(end - 1)
        if first is not None and (
            first[0] < start or _one_will_do(search, plain, (start, end), first, start)
        ):
            return first
        if last is not None and (last[1] > end or _one_will_do(search, plain, (start, end), last, end - 1)):
            return last
        return None

    def _around(self, place: int) -> tuple[int, int] | None:
        """The word the character belongs to."""
        index = bisect_right(self.spans, (place, len(self.plain))) - 1
        return self.spans[index] if index >= 0 and place < self.spans[index][1] else None


def _one_will_do(
    search: re.Pattern[str], plain: str, found: tuple[int, int], word: tuple[int, int], kept: int
) -> bool:
    """The match would be the same with nothing but this character of the word: 门口…设 of 门口建设."""
    if word[0] < found[0] or word[1] > found[1] or word[1] - word[0] == found[1] - found[0]:
        return False
    rest = _without(_without(plain, word[0], kept), kept + 1, word[1])
    again = search.match(rest, found[0])
    return again is not None and again.span() == found


def _without(plain: str, start: int, end: int) -> str:
    return plain[:start] + BLANK * (end - start) + plain[end:]
