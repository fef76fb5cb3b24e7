"""Is it a group that acts, and how large? Judged hit by hit, from the head counts nearest to it."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from classifier.rules.counts import Count, Kind, counts_in
from classifier.rules.hits import Hit
from classifier.rules.policy import Policy
from classifier.rules.text import Narrative

DELEGATES = "代表"
GOING_FOR = frozenset("受表由替为")


@dataclass(frozen=True)
class Crowds:
    narrative: Narrative
    policy: Policy
    people_count: int | None

    @cached_property
    def counts(self) -> list[Count]:
        found = counts_in(self.narrative.plain, self.policy.people)
        return [count for count in found if count.kind is not Kind.TOTAL]

    @cached_property
    def _ends(self) -> list[int]:
        return [count.end for count in self.counts]

    @cached_property
    def _crowd(self) -> list[int]:
        return self._places(self.policy.people.crowd)

    @cached_property
    def _joined(self) -> list[int]:
        """Words for many beside a delegation, without those it only goes for: 受全体业主委托."""
        return [place for place in self._crowd if self.narrative.plain[place - 1 : place] not in GOING_FOR]

    @cached_property
    def _loose_crowd(self) -> list[int]:
        return self._places(self.policy.people.loose_crowd)

    @cached_property
    def _single(self) -> list[int]:
        return self._places(self.policy.people.single)

    def _places(self, search: re.Pattern[str]) -> list[int]:
        return [match.start() for match in search.finditer(self.narrative.plain)]

    def holds(self, people: str, hit: Hit) -> bool:
        """Does the hit satisfy what a rule asks about people?"""
        if people == "any":
            return True
        if people == "hundreds":
            return self.hundreds(hit)
        if people == "group_anywhere":
            return self.group(hit) or (self.group_anywhere() and not self._few(hit))
        return self.group(hit, nearest_only=people == "group_nearest")

    def group(self, hit: Hit, *, nearest_only: bool = False) -> bool:
        """More than five act: by the counts around the hit, else by words for many, else by the form."""
        nearest = self._nearest(hit)
        if nearest is None:
            return self._group_without_count(hit, one_first=nearest_only)
        many = self._joined if nearest.kind is Kind.REPRESENTATIVES else self._crowd
        if self._size(nearest, hit) >= self.policy.group or _any_in(many, *self.narrative.clause(hit.start)):
            return True
        if nearest_only or nearest.kind is not Kind.ACTORS or self._few(hit):
            return False
        return self._large_beside(hit)

    def _size(self, nearest: Count, hit: Hit) -> int:
        """Where only a delegation was counted since, the text's number and the form's are of the same group."""
        if self._sender(hit) is None or self.narrative.sentence(hit.start)[0] < nearest.end:
            return nearest.value
        return max(nearest.value, self.people_count or 0)

    def _few(self, hit: Hit) -> bool:
        """The form and the count nearest to the hit agree that it is no group."""
        nearest = self._nearest(hit)
        if nearest is None or self.people_count is None:
            return False
        return max(nearest.value, self.people_count) < self.policy.group

    def _large_beside(self, hit: Hit) -> bool:
        """A small number stands nearest, but the same sentence named a group before it."""
        start = self.narrative.sentence(hit.start)[0]
        return any(count.value >= self.policy.group for count in self._within(start, hit.end))

    def _group_without_count(self, hit: Hit, *, one_first: bool) -> bool:
        """No count at all: words for one person and words for many decide, then the form."""
        start, end = self.narrative.sentence(hit.start)
        delegation = self._sender(hit)
        if delegation is not None:
            start = max(start, delegation.end)
        one, many = _any_in(self._single, start, hit.end), _any_in(self._crowd, start, end)
        if one or many:
            return many and not (one and one_first)
        if self.people_count is None:
            return _any_in(self._loose_crowd, 0, end)
        return self.people_count >= self.policy.group

    def group_anywhere(self) -> bool:
        """For the gravest: any group in the text or on the form will do."""
        if any(count.value >= self.policy.group for count in self.counts):
            return True
        return (self.people_count or 0) >= self.policy.group

    def hundreds(self, hit: Hit) -> bool:
        clause = self.narrative.clause(hit.start)
        here = [count.persons for count in self._within(*clause)]
        nearest = self._nearest(hit)
        if nearest is None:
            return (self.people_count or 0) >= self.policy.hundreds and self.group(hit)
        if nearest.households and not any(here):
            return (self.people_count or 0) >= self.policy.hundreds
        return max([nearest.persons, *here]) >= self.policy.hundreds

    def _nearest(self, hit: Hit) -> Count | None:
        """The last count up to the hit's end, else the first one of its clause after it.

        The size of a delegation counts only for what the delegates themselves do.
        """
        if self._sender(hit) is not None:
            before = bisect_right(self._group_ends, hit.end)
            return self._group_counts[before - 1] if before else None
        last = self._last(hit)
        if last is not None:
            return last
        after = self._within(*self.narrative.clause(hit.start))
        return next((count for count in after if self._may_act(count)), None)

    def _may_act(self, count: Count) -> bool:
        """A delegation named after what was done did it only where it says so: 到市里上访的5名代表."""
        return count.kind is not Kind.REPRESENTATIVES or self.narrative.plain[count.start - 1] == "的"

    def _last(self, hit: Hit) -> Count | None:
        before = bisect_right(self._ends, hit.end)
        return self.counts[before - 1] if before else None

    @cached_property
    def _group_counts(self) -> list[Count]:
        return [count for count in self.counts if count.kind is not Kind.REPRESENTATIVES]

    @cached_property
    def _group_ends(self) -> list[int]:
        return [count.end for count in self._group_counts]

    def _sender(self, hit: Hit) -> Count | None:
        """The delegation named last, where it is those who sent it that act."""
        last = self._last(hit)
        if last is None or last.kind is not Kind.REPRESENTATIVES or self._delegates_act(last, hit):
            return None
        return last

    def _delegates_act(self, delegation: Count, hit: Hit) -> bool:
        """In the delegation's sentence until somebody else is named; after it where the delegates are named again."""
        start, end = self.narrative.sentence(hit.start)
        plain, people = self.narrative.plain, self.policy.people
        if people.only_delegates.search(plain, start, end):
            return True
        if start <= delegation.start:
            return people.not_delegates.search(plain, delegation.end, hit.end) is None
        again = plain.rfind(DELEGATES, start, hit.start)
        return again >= 0 and people.not_delegates.search(plain, again + len(DELEGATES), hit.end) is None

    def _within(self, start: int, end: int) -> list[Count]:
        return self.counts[bisect_right(self._ends, start) : bisect_right(self._ends, end)]

    def speaks_of(self, hit: Hit) -> Count | None:
        """The count to show beside a hit; a delegation below a group speaks for none."""
        count = self._nearest(hit)
        small = count is not None and count.value < self.policy.group
        return None if small and count and count.kind is Kind.REPRESENTATIVES else count


def _any_in(places: list[int], start: int, end: int) -> bool:
    index = bisect_left(places, start)
    return index < len(places) and places[index] < end
