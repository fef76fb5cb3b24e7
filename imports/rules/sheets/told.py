"""What a reader tells of a file: its sheets, the lines in them, or why it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

LINES_LIMIT = 20_000  # that say something, in all sheets together
COLUMNS_LIMIT = 200
CELLS_LIMIT = 1_000_000
CELL_LIMIT = 33_000  # an office program allows 32,767 characters
EXACT_DIGITS = 15  # a number in a sheet keeps no more


class FileFault(StrEnum):
    """Why a file is not read."""

    NOT_A_SHEET = "not_a_sheet"
    BROKEN = "broken"
    LOCKED = "locked"  # with a password
    WORD = "word"
    OPEN_DOCUMENT = "open_document"
    BINARY_BOOK = "binary_book"
    WEB_PAGE = "web_page"
    XML_2003 = "xml_2003"
    ENCODING = "encoding"
    EMPTY = "empty"
    TOO_MANY_LINES = "too_many_lines"
    TOO_MANY_CELLS = "too_many_cells"
    TOO_LARGE = "too_large"  # unpacked


class Unreadable(Exception):
    """The file is not read; `fault` says why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass
class SheetHead:
    """A sheet without its lines. Rows count from 1, columns from 0."""

    name: str
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)  # that say something
    hidden_columns: list[int] = field(default_factory=list)
    filled: int = 0  # cells that got the text of the cell above they are merged with
    uncalculated: int = 0  # formulas without a result
    wide: bool = False  # there are columns after the last one that is read

    def as_data(self) -> dict[str, object]:
        return asdict(self)


@dataclass
class SheetTold:
    head: SheetHead
    rows: list[tuple[int, list[str]]]  # (number of the row, its cells) of rows that say something


class Counter:
    """Counts what was read of a whole book, and ends the reading when it is too much."""

    def __init__(self) -> None:
        self.lines, self.cells = 0, 0

    def row(self, cells: Sequence[str]) -> bool:
        """Whether the row says something."""
        said = sum(1 for cell in cells if cell)
        self.lines += bool(said)
        self.cells += said
        if self.cells > CELLS_LIMIT:
            raise Unreadable(FileFault.TOO_MANY_CELLS)
        if self.lines > LINES_LIMIT:
            raise Unreadable(FileFault.TOO_MANY_LINES)
        return bool(said)


def number_text(value: float) -> str:
    """A number as a person sees it: 3, 0.5; with an E what has more digits than a sheet keeps."""
    if value == int(value) and abs(value) < 10**EXACT_DIGITS:
        return str(int(value))
    text = f"{value:.{EXACT_DIGITS}g}"
    return text.replace("e", "E") if "e" in text else text


def moment_text(serial: float, *, since_1904: bool) -> str:
    """The day, with its time where it is not midnight; a time without a day stays a number."""
    days = serial + 1462 if since_1904 else serial
    if not 1 <= days < 2_958_466:  # 9999-12-31
        return number_text(serial)
    if days < 60:  # the 29 February 1900 that never was
        days += 1
    moment = datetime(1899, 12, 30) + timedelta(seconds=round(days * 86_400))
    return f"{moment:%Y-%m-%d}" if (moment.hour, moment.minute) == (0, 0) else f"{moment:%Y-%m-%d %H:%M}"


QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date: y, m, d or h outside quotes and colours."""
    first = QUOTED.sub("", code.split(";")[0]).lower()
    return first != "general" and bool(re.search(r"[ymdh年月日]", first))


def zeros_of(code: str) -> int:
    """000 shows at least three digits: an old number keeps the zeros it is seen with."""
    return len(code) if re.fullmatch("0{2,18}", code) else 0


def fill_down(rows: dict[int, list[str]], merged: Iterable[tuple[int, int, int, int]]) -> int:
    """Cells merged downwards say what the first of them says; how many were filled. Ranges are inclusive."""
    filled = 0
    for top, bottom, left, _right in merged:
        said = _cell(rows.get(top), left)
        for number in range(top + 1, min(bottom, top + LINES_LIMIT) + 1) if said else ():
            row = rows.get(number)
            if row is not None and any(row) and not _cell(row, left):
                row.extend([""] * (left + 1 - len(row)))
                row[left] = said
                filled += 1
    return filled


def _cell(row: list[str] | None, at: int) -> str:
    return row[at] if row is not None and at < len(row) else ""
