"""How much two texts say the same, by the pairs of characters they share; what is rare in the ledger weighs most."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log

from core.search import runs

COMPARED = 2_000  # characters of each text
LEAST_SHARED = 6
LEAST_RATIO = 0.3
LEAST_RATIO_UNSEEN = (
    0.45  # of a text in another town, with nothing else in common: the county is disturbed for it
)
FEWEST = 1_000  # a ledger of fewer disputes says little about what is rare
LEAST_ASKED, MOST_EXPECTED = 8, 6_000  # pairs looked up at least, and the disputes they may bring


@dataclass(frozen=True)
class Commonness:
    """In how many disputes of the ledger a pair stands, as far as it is known. Unknown: every pair weighs the same."""

    disputes: float = 0
    holding: Mapping[str, float] = field(default_factory=dict)
    unlisted: float = 1
    _weights: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    def count(self, pair: str) -> float:
        return max(self.holding.get(pair, self.unlisted), 1)

    def weight(self, pair: str) -> float:
        """The squared logarithm of its rarity: names, places and sums count, the words of the trade hardly."""
        found = self._weights.get(pair)
        if found is None:
            found = self._weights[pair] = log(max(self.disputes, FEWEST) * 1.1 / self.count(pair)) ** 2
        return found

    def rarest(self, pairs: Iterable[str], *, most: int) -> list[str]:
        """The pairs to look for: the rarest, no more than bring some thousand disputes together."""
        chosen: list[str] = []
        expected = 0.0
        for pair in sorted(pairs, key=lambda one: (self.count(one), one)):
            expected += self.count(pair)
            if len(chosen) == most or (expected > MOST_EXPECTED and len(chosen) >= LEAST_ASKED):
                break
            chosen.append(pair)
        return chosen


UNKNOWN = Commonness()


def bigrams(text: str) -> frozenset[str]:
    return frozenset(run[i : i + 2] for run in runs(text[:COMPARED]) for i in range(len(run) - 1))


def ratio(one: frozenset[str], other: frozenset[str], known: Commonness = UNKNOWN) -> float:
    """Weight of the shared pairs over that of the lighter text, 0 to 1: a short text may lie within a long one."""
    shared = one & other
    if len(shared) < LEAST_SHARED:
        return 0.0
    return _weight(shared, known) / min(_weight(one, known), _weight(other, known))


def _weight(pairs: frozenset[str], known: Commonness) -> float:
    return sum(map(known.weight, pairs))


def is_alike(value: float) -> bool:
    return value >= LEAST_RATIO


def is_surely_alike(value: float) -> bool:
    """Alike enough to speak of a dispute the reader may not see, with no party in common."""
    return value >= LEAST_RATIO_UNSEEN
