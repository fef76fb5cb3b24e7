"""How much two texts say the same, by the pairs of characters they share."""

from core.search import runs

COMPARED = 2_000  # characters of each text
LEAST_SHARED = 6
LEAST_RATIO = 0.3


def bigrams(text: str) -> frozenset[str]:
    return frozenset(run[i : i + 2] for run in runs(text[:COMPARED]) for i in range(len(run) - 1))


def ratio(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared pairs over those of the shorter text, 0 to 1: a short text may lie within a long one."""
    shared = len(one & other)
    if shared < LEAST_SHARED:
        return 0.0
    return shared / min(len(one), len(other))


def is_alike(value: float) -> bool:
    return value >= LEAST_RATIO
