"""A year's holiday plan as a CSV file: date, kind, name. Pure: text in, rows with their problems out."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from calendars.rules.calendar import SATURDAY, DayOfPlan

OFF = frozenset({"休", "休息", "放假", "节假日", "holiday", "off"})
WORK = frozenset({"班", "上班", "调休", "调休上班", "makeup", "work"})
HEADERS = frozenset({"日期", "date"})
MOST_ROWS = 366
LONGEST_NAME = 40


class Problem(StrEnum):
    DATE = "date"
    YEAR = "year"
    KIND = "kind"
    NAME = "name"
    TWICE = "twice"
    WORKS_ANYWAY = "works_anyway"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class PlanRow:
    """A line of the file as read; with a problem it is not taken."""

    line: int
    text: str
    day: date | None = None
    is_workday: bool = False
    name: str = ""
    problem: Problem | None = None


@dataclass(frozen=True)
class PlanFile:
    year: int
    rows: tuple[PlanRow, ...]

    @property
    def problems(self) -> tuple[PlanRow, ...]:
        return tuple(row for row in self.rows if row.problem)

    @property
    def is_usable(self) -> bool:
        return bool(self.rows) and not self.problems

    @property
    def days(self) -> dict[date, DayOfPlan]:
        good = [row for row in self.rows if row.problem is None]
        return {row.day: DayOfPlan(row.is_workday, row.name) for row in good if row.day is not None}


def parse(text: str, year: int) -> PlanFile:
    """Reads every line; empty ones and a header are skipped, wrong ones stay with what is wrong."""
    rows: list[PlanRow] = []
    seen: set[date] = set()
    for line, cells in _lines(text.lstrip("\ufeff")):
        cells = [cell.strip() for cell in cells]
        if not any(cells) or cells[0].lower() in HEADERS:
            continue
        if len(rows) == MOST_ROWS:
            rows.append(PlanRow(line, ",".join(cells), problem=Problem.TOO_MANY))
            break
        row = _read(line, cells, year, seen)
        rows.append(row)
        if row.day:
            seen.add(row.day)
    return PlanFile(year, tuple(rows))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Comma, tab or semicolon; where a quote is never closed, what follows is one wrong line."""
    first = text.lstrip().partition("\n")[0]
    separator = next((mark for mark in "\t;，," if mark in first), ",")
    reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=separator), 0
    try:
        for line, cells in enumerate(reader, start=1):
            yield line, cells
    except csv.Error:
        yield line + 1, ["…"]


def _read(line: int, cells: list[str], year: int, seen: set[date]) -> PlanRow:
    text = ",".join(cells)
    written, kind, name = (*cells, "", "", "")[:3]
    day = _day(written)
    is_workday = kind.lower() in WORK
    problem = _problem(day, kind.lower(), name, year, seen)
    return PlanRow(line, text, day, is_workday, name, problem)


def _problem(day: date | None, kind: str, name: str, year: int, seen: set[date]) -> Problem | None:
    if day is None:
        return Problem.DATE
    checks = (
        (day.year != year, Problem.YEAR),
        (day in seen, Problem.TWICE),
        (kind not in OFF | WORK, Problem.KIND),
        (not name or len(name) > LONGEST_NAME or not name.isprintable(), Problem.NAME),
        (kind in WORK and day.weekday() < SATURDAY, Problem.WORKS_ANYWAY),
    )
    return next((problem for wrong, problem in checks if wrong), None)


def _day(written: str) -> date | None:
    """2026-10-01, 2026/10/1 and 2026年10月1日 are the same day, in whatever width."""
    parts = re.split("[-/.年月]", unicodedata.normalize("NFKC", written).removesuffix("日"))
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
