"""The county's departments (谁主管谁负责): a table to begin with, a table to hand in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from first_start.rules.tables import Row, Table

KINDS = ("department", "petition_office", "tribunal", "mediation_committee")
YES = frozenset({"是", "1", "yes", "true"})
CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,19}")
RESERVED = re.compile(r"county(\..*)?|t\d+(\..*)?")  # codes of the county's own units and of the towns
LONGEST_NAME, LONGEST_SHORT_NAME, LONGEST_SECTOR = 80, 40, 40


@dataclass(frozen=True)
class Department:
    """`name` stands after the county's name; without a sector `sector` is empty."""

    code: str
    name: str
    short_name: str = ""
    sector: str = ""
    sector_name: str = ""
    fields: tuple[str, ...] = ()
    is_vertical: bool = False
    kind: str = "department"


@dataclass(frozen=True)
class Wrong:
    """What is wrong in which cell of which line."""

    line: int
    heading: str
    what: str


def departments(table: Table, fields: Mapping[str, str]) -> tuple[list[Department], list[Wrong]]:
    """`fields` maps the words a field may be written with to its code."""
    found = [_department(row, fields) for row in table.rows]
    wrong = [
        Wrong(row.line, "主管领域", word)
        for row in table.rows
        for word in _words(row["主管领域"])
        if word not in fields
    ]
    lines = [row.line for row in table.rows]
    return found, [*wrong, *problems(found, lines)]


def problems(rows: Sequence[Department], lines: Sequence[int]) -> Iterator[Wrong]:
    """Codes that are none, taken twice or another unit's, and what is missing; `lines` number the rows."""
    seen: set[str] = set()
    sectors: dict[str, str] = {}
    for row, line in zip(rows, lines, strict=True):
        for heading, is_wrong in _checks(row, seen, sectors).items():
            if is_wrong:
                yield Wrong(line, heading, getattr(row, ATTRIBUTES[heading]))
        seen.add(row.code)
        if row.sector:
            sectors[row.sector] = row.code


ATTRIBUTES = {"代码": "code", "名称": "name", "简称": "short_name", "行业代码": "sector", "行业名称": "sector_name",
              "类型": "kind"}  # fmt: skip


def _checks(row: Department, seen: set[str], sectors: Mapping[str, str]) -> dict[str, bool]:
    code_is_fine = CODE.fullmatch(row.code) and not RESERVED.fullmatch(row.code)
    return {
        "代码": not code_is_fine or row.code in seen,
        "名称": not 0 < len(row.name) <= LONGEST_NAME,
        "简称": len(row.short_name) > LONGEST_SHORT_NAME,
        "行业代码": bool(row.sector) and (not CODE.fullmatch(row.sector) or row.sector in sectors),
        "行业名称": bool(row.sector) != bool(row.sector_name) or len(row.sector_name) > LONGEST_SECTOR,
        "类型": row.kind not in KINDS,
    }


def _department(row: Row, fields: Mapping[str, str]) -> Department:
    return Department(
        code=row["代码"].lower(),
        name=row["名称"],
        short_name=row["简称"],
        sector=row["行业代码"].lower(),
        sector_name=row["行业名称"],
        fields=tuple(dict.fromkeys(fields[word] for word in _words(row["主管领域"]) if word in fields)),
        is_vertical=row["垂直管理"].lower() in YES,
        kind=row["类型"] or "department",
    )


def _words(cell: str) -> list[str]:
    return [word for word in re.split(r"[、;；/ ]+", cell) if word]
