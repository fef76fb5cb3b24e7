"""Chinese search without a dictionary: a text becomes its bigrams in a tsvector (see docs/adr)."""

import re
import unicodedata
from functools import cache
from pathlib import Path

# letters, figures and characters as one run; a mark inside a figure or a Latin word (3.5, 12:30, A-1) belongs to it
RUN = re.compile(r"(?:[^\W_]|(?<=[0-9a-z])[.,:/-](?=[0-9a-z]))+")
TABLE = Path(__file__).with_name("simplified.txt")
INDEX_LIMIT = 10_000  # characters; beyond position 16,383 a tsvector loses phrases


def plain(text: str) -> str:
    """The text as it is compared: one width, small letters, simplified characters."""
    return unicodedata.normalize("NFKC", text).lower().translate(_simplified())


def runs(text: str) -> list[str]:
    """What stands unbroken by blanks and punctuation, in plain form: `拨打12345热线` is one run."""
    return RUN.findall(plain(text))


@cache
def _simplified() -> dict[int, str]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = (pair for line in lines if not line.startswith("#") for pair in line.split())
    return {ord(pair[0]): pair[1] for pair in pairs}


def tsvector_text(text: str) -> str:
    """A `tsvector` literal: each run's bigrams with positions, runs apart so that phrases do not cross them."""
    parts: list[str] = []
    position = 1
    for run in runs(text[:INDEX_LIMIT]):
        grams = [run[i : i + 2] for i in range(len(run) - 1)] + [run[-1]]
        for gram in grams:
            parts.append(f"'{gram}':{min(position, 16_383)}")
            position += 1
        position += 1
    return " ".join(parts)


def tsquery_text(term: str) -> str:
    """A `tsquery` literal: n characters are the phrase of n-1 bigrams, one character a prefix. Empty: no query."""
    phrases = []
    for run in runs(term):
        if len(run) == 1:
            phrases.append(f"'{run}':*")
        else:
            phrases.append("(" + " <-> ".join(f"'{run[i : i + 2]}'" for i in range(len(run) - 1)) + ")")
    return " & ".join(phrases)
