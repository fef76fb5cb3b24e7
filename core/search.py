"""Chinese search without a dictionary: a text becomes its bigrams in a tsvector (see docs/adr)."""

import re
import unicodedata

WORD = re.compile(r"[0-9a-z]+|[\u3400-\u9fff\U00020000-\U0003ffff]+")
INDEX_LIMIT = 10_000  # characters; beyond position 16,383 a tsvector loses phrases


def _runs(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFKC", text).lower())


def tsvector_text(text: str) -> str:
    """A `tsvector` literal: each run's bigrams with positions, runs apart so that phrases do not cross them."""
    parts: list[str] = []
    position = 1
    for run in _runs(text[:INDEX_LIMIT]):
        grams = [run[i : i + 2] for i in range(len(run) - 1)] + [run[-1]]
        for gram in grams:
            parts.append(f"'{gram}':{min(position, 16_383)}")
            position += 1
        position += 2
    return " ".join(parts)


def tsquery_text(term: str) -> str:
    """A `tsquery` literal: n characters are the phrase of n-1 bigrams, one character a prefix. Empty: no query."""
    phrases = []
    for run in _runs(term):
        if len(run) == 1:
            phrases.append(f"'{run}':*")
        else:
            phrases.append("(" + " <-> ".join(f"'{run[i : i + 2]}'" for i in range(len(run) - 1)) + ")")
    return " & ".join(phrases)
