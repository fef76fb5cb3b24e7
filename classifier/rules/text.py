"""The narrative as the patterns read it: one width, no blanks, cut into sentences and clauses."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

SENTENCE_END = re.compile(r"[。!?;\n]")
CLAUSE_END = re.compile(r"[。!?;\n,]")


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    if character == "\n":
        return "\n"
    if unicodedata.category(character) in {"Cf", "Cc", "Zs", "Mn"}:
        return ""
    plain = unicodedata.normalize("NFKC", character).lower()
    return "".join(part for part in plain if not part.isspace())


@dataclass(frozen=True)
class Narrative:
    """Normalised text that remembers where each of its characters came from."""

    original: str
    plain: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> "Narrative":
        plain = {character: _plain(character) for character in set(original)}
        parts = [plain[character] for character in original]
        origin = (index for index, part in enumerate(parts) for _ in part)
        return cls(original, "".join(parts), tuple(origin))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a non-empty span of the plain text came from."""
        return self.origin[start], self.origin[end - 1] + 1

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [0, *(match.end() for match in SENTENCE_END.finditer(self.plain))]

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [0, *(match.end() for match in CLAUSE_END.finditer(self.plain))]

    def sentence_number(self, position: int) -> int:
        """Which sentence the place is in, counted from 1."""
        return bisect_right(self._sentence_starts, position)

    def sentence(self, position: int) -> tuple[int, int]:
        return self._around(self._sentence_starts, position)

    def clause(self, position: int) -> tuple[int, int]:
        return self._around(self._clause_starts, position)

    def _around(self, starts: list[int], position: int) -> tuple[int, int]:
        index = bisect_right(starts, position)
        end = starts[index] if index < len(starts) else len(self.plain)
        return starts[index - 1], end
