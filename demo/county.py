"""The demo county's places, from county.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("county.toml")
COMMUNITY_CODES_FROM = 1  # 0xx: residents' committees
VILLAGE_CODES_FROM = 200  # 2xx: villagers' committees


@dataclass(frozen=True)
class Village:
    code: str
    name: str
    alias: str  # "t01.v03": also the code of its committee
    is_community: bool


@dataclass(frozen=True)
class Town:
    code: str
    name: str
    alias: str
    villages: tuple[Village, ...]

    @property
    def is_street(self) -> bool:
        return self.name.endswith("街道")

    @property
    def stem(self) -> str:
        """The name without 镇, 乡 or 街道."""
        return self.name.removesuffix("街道").removesuffix("镇").removesuffix("乡")


@dataclass(frozen=True)
class County:
    code: str
    name: str
    towns: tuple[Town, ...]

    def villages(self) -> Iterator[tuple[Town, Village]]:
        for town in self.towns:
            for village in town.villages:
                yield town, village


def _villages(row: dict[str, list[str]], town_code: str, town_alias: str) -> tuple[Village, ...]:
    named = [(VILLAGE_CODES_FROM + i, name, False) for i, name in enumerate(row["villages"])]
    named += [(COMMUNITY_CODES_FROM + i, name, True) for i, name in enumerate(row["communities"])]
    return tuple(
        Village(f"{town_code}{number:03d}", name, f"{town_alias}.v{position:02d}", is_community)
        for position, (number, name, is_community) in enumerate(named, start=1)
    )


@cache
def county() -> County:
    """The whole county; read once."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    towns = []
    for number, row in enumerate(data["town"], start=1):
        alias = f"t{number:02d}"
        towns.append(Town(row["code"], row["name"], alias, _villages(row, row["code"], alias)))
    return County(data["code"], data["name"], tuple(towns))
