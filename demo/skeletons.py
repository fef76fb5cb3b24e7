"""The hand-written skeletons of narratives/*.toml, checked when read."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("narratives")
ACCOUNTS = "accounts.toml"
OWN_LISTS = ("x", "y", "z")


@dataclass(frozen=True)
class Skeleton:
    """One way a dispute of a category goes. Slots and keys: narratives/README.md."""

    key: str  # "neighbour-03"
    category: str
    title: str
    text: str
    x: tuple[str, ...] = ()
    y: tuple[str, ...] = ()
    z: tuple[str, ...] = ()
    amount: tuple[int, int] | None = None
    people: tuple[int, int] | None = None
    parties: str = ""
    respondent: str = ""
    respondent_also: str = ""
    group: bool = False
    restricted: bool = False
    danger: bool = False
    level: int = 0
    max_use: int = 8
    accused: str = ""
    unit: str = ""
    relation: str = ""
    sectors: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    setting: str = ""

    @property
    def months(self) -> frozenset[int]:
        """The months in which it can be told; words of the season narrow them."""
        found = [months for word, months in SEASONS.items() if word in self.text]
        return frozenset.intersection(*found) if found else frozenset(range(1, 13))


def _months(*numbers: int) -> frozenset[int]:
    return frozenset(numbers)


SEASONS: dict[str, frozenset[int]] = {
    "入伏": _months(7, 8),
    "入汛": _months(5, 6, 7, 8),
    "暴雨": _months(5, 6, 7, 8, 9),
    "晚稻": _months(9, 10, 11),
    "早稻淹": _months(7, 8, 9),
    "抽穗": _months(8, 9, 10),
    "收割机": _months(7, 8, 9, 10, 11),
    "抗旱": _months(7, 8, 9),
    "连续干旱": _months(7, 8, 9),
    "清明前": _months(3, 4, 5),
    "清明祭祖": _months(4, 5, 6),
    "春节前把钱": _months(11, 12, 1),
    "六月到八月": _months(9, 10, 11),
    "新笋": _months(3, 4, 5),
    "新学年": _months(7, 8, 9),
    "升学宴": _months(7, 8, 9),
    "采茶": _months(4, 5, 6),
    "节假日快到": _months(1, 4, 9),
}


@cache
def skeletons() -> tuple[Skeleton, ...]:
    """All of them, in the order of their files."""
    found: list[Skeleton] = []
    for path in sorted(FOLDER.glob("*.toml")):
        if path.name != ACCOUNTS:
            for category, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
                found += [_skeleton(category, number, row) for number, row in enumerate(rows, start=1)]
    return tuple(found)


def _skeleton(category: str, number: int, row: dict[str, Any]) -> Skeleton:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
    }
    return Skeleton(key=f"{category}-{number:02d}", category=category, **values)


@cache
def accounts() -> dict[str, dict[str, Any]]:
    """What is written while disputes are handled: by category, `steps` and `returns`."""
    return tomllib.loads((FOLDER / ACCOUNTS).read_text(encoding="utf-8"))
