"""A CSV file of statistics-bureau codes, read line by line.

The bureau writes every code with 12 digits: 369901000000 is a county, 369901101000 a town, 369901101201 a
village. Shortened codes of 6 and 9 digits are read as well. Provinces and cities are passed over.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

CODE_HEADERS = ("统计用区划代码", "区划代码", "行政区划代码", "代码", "编码", "code")
NAME_HEADERS = ("名称", "区划名称", "单位名称", "name")
ALIAS_HEADERS = ("简码", "alias")
LENGTHS = {6: "county", 9: "town", 12: "village"}
LONGEST_NAME = 60
LONGEST_ALIAS = 12
MOST_ROWS = 20_000
# Names of committees, as the bureau lists them, and the places they stand for.
ENDINGS = (
    (re.compile(r"(村)(村民委员会|民委员会|村委会|委会)$"), r"\1"),
    (re.compile(r"(村民委员会|村委会)$"), "村"),
    (re.compile(r"(社区)(居民委员会|居委会)$"), r"\1"),
    (re.compile(r"(街道)(办事处)$"), r"\1"),
)


class Problem(StrEnum):
    BAD_CODE = "bad_code"
    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    LONG_ALIAS = "long_alias"
    TWICE = "twice"
    NO_PARENT = "no_parent"
    OTHER_COUNTY = "other_county"
    ENDED = "ended"
    ALIAS_TAKEN = "alias_taken"


class Effect(StrEnum):
    """What an import does with a line."""

    ADDED = "added"
    RENAMED = "renamed"
    SAME = "same"
    PASSED_OVER = "passed_over"
    WRONG = "wrong"


@dataclass(frozen=True)
class Line:
    """One line of the file. `kind` is empty for what lies above the county and for a wrong code."""

    number: int
    code: str
    name: str
    kind: str
    alias: str = ""
    problem: Problem | None = None
    above: bool = False  # a province or a city, passed over


class TooManyRows(ValueError):
    """More lines than any county has places: nothing is read, so that nothing is cut off."""


class NoCodes(ValueError):
    """The file has no column of codes and names."""


def parse(text: str) -> list[Line]:
    """Every line with a code or a name. Raises NoCodes when the file is of another kind, TooManyRows."""
    rows = [(number, row) for number, row in _rows(text) if any(cell.strip() for cell in row)]
    if not rows:
        raise NoCodes
    columns = _columns(rows[0][1])
    if columns is None:
        columns = _guess(rows[0][1])
    else:
        rows = rows[1:]
    if len(rows) > MOST_ROWS:
        raise TooManyRows
    return list(_without_doubles(_line(number, row, columns) for number, row in rows))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    delimiter = next((mark for mark in "\t;，," if mark in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise NoCodes from error


@dataclass(frozen=True)
class _Columns:
    code: int
    name: int
    alias: int | None = None


def _columns(header: list[str]) -> _Columns | None:
    names = [cell.strip().lower() for cell in header]
    code, name = _position(names, CODE_HEADERS), _position(names, NAME_HEADERS)
    if code is None or name is None:
        return None
    return _Columns(code, name, _position(names, ALIAS_HEADERS))


def _position(names: list[str], wanted: tuple[str, ...]) -> int | None:
    return next((names.index(each) for each in wanted if each in names), None)


def _guess(row: list[str]) -> _Columns:
    """Without a header: the first column of digits is the code, the first of Chinese text the name."""
    code = next((i for i, cell in enumerate(row) if re.fullmatch(r"\d{6,12}", _digits(cell))), None)
    name = next((i for i, cell in enumerate(row) if re.search(r"[\u3400-\u9fff]", cell)), None)
    if code is None or name is None:
        raise NoCodes
    return _Columns(code, name)


def _digits(cell: str) -> str:
    """Spreadsheets write long numbers as ="369901101000", with a quote in front, or with .0 behind."""
    return re.sub(r"\.0+$", "", re.sub(r"[\s'’\"=\u00a0]", "", cell))


def _line(number: int, row: list[str], columns: _Columns) -> Line:
    def cell(position: int | None) -> str:
        return row[position].strip() if position is not None and position < len(row) else ""

    written = _digits(cell(columns.code))
    code, name, alias = shortened(written), place_name(cell(columns.name)), cell(columns.alias)
    if is_above_county(written):
        return Line(number, written, name, "", above=True)
    kind = LENGTHS.get(len(code), "") if code.isascii() and code.isdigit() else ""
    return Line(number, code or written, name, kind, alias, _problem(kind, name, alias))


def _problem(kind: str, name: str, alias: str) -> Problem | None:
    if not kind:
        return Problem.BAD_CODE
    if not name:
        return Problem.NO_NAME
    if len(name) > LONGEST_NAME:
        return Problem.LONG_NAME
    return Problem.LONG_ALIAS if len(alias) > LONGEST_ALIAS else None


def shortened(code: str) -> str:
    """12 digits with the zeros of what is not there cut off: county 6, town 9, village 12."""
    if len(code) == 12 and code.endswith("000000"):
        return code[:6]
    if len(code) == 12 and code.endswith("000"):
        return code[:9]
    return code


def is_above_county(code: str) -> bool:
    """Provinces and cities: 2 or 4 digits, or a county part of 00."""
    return bool(re.fullmatch(r"\d{2}|\d{4}", code) or re.fullmatch(r"\d{4}00(0{3}|0{6})?", code))


def place_name(written: str) -> str:
    """上湾村委会 → 上湾村: the place, not its committee."""
    name = re.sub(r"\s+", "", written)
    for ending, instead in ENDINGS:
        name, done = ending.subn(instead, name)
        if done:
            break
    return name


def _without_doubles(lines: Iterator[Line]) -> Iterator[Line]:
    seen: set[str] = set()
    for line in lines:
        if line.kind and line.code in seen and line.problem is None:
            line = Line(line.number, line.code, line.name, line.kind, line.alias, Problem.TWICE)
        seen.add(line.code)
        yield line
