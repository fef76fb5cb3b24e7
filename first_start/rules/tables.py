"""A table saved as CSV, read by its headings. Pure: text in, cells by heading out."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

MARKS = "\t;，,"
MOST_ROWS = 5000


@dataclass(frozen=True)
class Row:
    line: int
    cells: dict[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")


@dataclass(frozen=True)
class Table:
    headings: tuple[str, ...]
    rows: tuple[Row, ...] = field(default=())

    def has(self, *headings: str) -> bool:
        return set(headings) <= set(self.headings)


class NoTable(ValueError):
    """Nothing that can be read as lines of cells."""


def read(text: str) -> Table:
    """The first line that says anything holds the headings; empty lines are passed over. Raises NoTable."""
    text = text.lstrip("\ufeff").lstrip()
    first = text.partition("\n")[0]
    delimiter = next((mark for mark in MARKS if mark in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        raise NoTable from error
    lines = [(number, cells) for number, cells in lines if any(cells)]
    if not lines or len(lines) > MOST_ROWS:
        raise NoTable
    headings = tuple(lines[0][1])
    rows = (Row(number, dict(zip(headings, cells, strict=False))) for number, cells in lines[1:])
    return Table(headings, tuple(rows))
