"""All that a county is set up from, and the units that follow from it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from calendars.rules.calendar import DayOfPlan
from first_start.rules.county_units import Named, county_units, department_units, sector_rows
from first_start.rules.departments import Department
from first_start.rules.people import Person
from first_start.rules.town_units import USUAL_STATIONS, Division, town_units, village_unit
from jurisdictions.rules.place_csv import Line
from jurisdictions.rules.units import SectorRow, UnitRow

ALIAS = re.compile(r"[a-z0-9][a-z0-9._-]*")
SINCE = date(2000, 1, 1)  # from when places and units of a first start count as there


@dataclass(frozen=True)
class HolidayPlan:
    year: int
    days: Mapping[date, DayOfPlan]
    source: str


@dataclass(frozen=True)
class CountyPlan:
    """`lines` are those of the division codes; `names` what county units are called where it is not the usual."""

    lines: tuple[Line, ...]
    departments: tuple[Department, ...]
    people: tuple[Person, ...]
    names: Mapping[str, Named] = field(default_factory=dict)
    stations: tuple[str, ...] = USUAL_STATIONS
    address: str = ""
    phone: str = ""
    holidays: tuple[HolidayPlan, ...] = ()

    @property
    def county(self) -> Line | None:
        """The first county of the file; None when it has none."""
        return next((line for line in self.lines if line.kind == "county" and line.problem is None), None)

    @property
    def sectors(self) -> list[SectorRow]:
        return sector_rows(self.departments)


def with_aliases(lines: Sequence[Line], known: Mapping[str, str]) -> tuple[Line, ...]:
    """Towns without a short code get t01, t02 …, villages t01.v01 …, in the order of their codes.

    `known` holds the short codes of places that are there already, which they keep.
    """
    written = {line.code: line.alias or known.get(line.code, "") for line in lines if line.kind}
    given = dict(written)
    for kind in ("town", "village"):
        for line in sorted((row for row in lines if row.kind == kind), key=lambda row: row.code):
            if not given[line.code]:
                above = (
                    f"{given.get(line.code[:9], known.get(line.code[:9], ''))}." if kind == "village" else ""
                )
                given[line.code] = _next_free(
                    above, "t" if kind == "town" else "v", {*given.values(), *known.values()}
                )
    return tuple(replace(line, alias=given[line.code]) if line.kind else line for line in lines)


def _next_free(above: str, letter: str, taken: set[str]) -> str:
    number = 1
    while f"{above}{letter}{number:02}" in taken:
        number += 1
    return f"{above}{letter}{number:02}"


def units_of(plan: CountyPlan, every_field: tuple[str, ...]) -> list[UnitRow]:
    """Parents before children; empty without a county. Wrong lines give no units."""
    county = plan.county
    if county is None:
        return []
    codes = [row.code for row in plan.departments]
    rows = county_units(
        county.name, county.code, plan.names, every_field, address=plan.address, phone=plan.phone
    )
    rows += department_units(county.name, county.code, plan.departments)
    towns = {line.code: _division(line) for line in _usable(plan.lines, "town")}
    for town in towns.values():
        rows += town_units(county.name, town, plan.stations, codes, every_field)
    for line in _usable(plan.lines, "village"):
        if line.code[:9] in towns:
            rows.append(village_unit(towns[line.code[:9]], _division(line)))
    return rows


def posts_of(units: Sequence[UnitRow]) -> dict[str, UnitRow]:
    """Every post, as `unit:role`."""
    return {f"{unit.code}:{post.role}": unit for unit in units for post in unit.posts}


def _usable(lines: Sequence[Line], kind: str) -> Iterator[Line]:
    return (line for line in lines if line.kind == kind and line.problem is None)


def _division(line: Line) -> Division:
    return Division(line.code, line.alias, line.name)
