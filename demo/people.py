"""Names of people who do not exist: common surnames and given names, put together by a fixed seed."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).with_name("names.toml")
_NAMES = tomllib.loads(FILE.read_text(encoding="utf-8"))
SURNAMES: str = _NAMES["surnames"]
GENERATIONS = ((_NAMES["elder_men"], _NAMES["elder_women"]), (_NAMES["men"], _NAMES["women"]))


@dataclass
class Registry:
    """Gives out names, none twice, the same ones for the same seed."""

    seed: str
    _random: random.Random = field(init=False)
    _taken: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def name(self, *, surname: str = "", elder: bool = False, gender: str = "") -> str:
        """A new full name; `gender` is "m", "f" or either."""
        for _attempt in range(200):
            men, women = GENERATIONS[0 if elder else 1]
            pool = {"m": men, "f": women}.get(gender) or self._random.choice((men, women))
            full = (surname or self._random.choice(SURNAMES)) + self._random.choice(pool)
            if full not in self._taken:
                self._taken.add(full)
                return full
        raise RuntimeError(f"no name left for {surname}")


def masked(name: str, other: str = "") -> str:
    """张某, or 张某强 where the other side has the same surname: how titles name people."""
    same = other[:1] == name[:1]
    return f"{name[0]}某{name[-1] if same else ''}"
