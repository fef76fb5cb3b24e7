"""One sheet of an xlsx: rows and cells by what they say of themselves, else by their order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imports.rules.sheets.told import (
    CELL_LIMIT,
    COLUMNS_LIMIT,
    Counter,
    FileFault,
    SheetHead,
    SheetTold,
    Unreadable,
    fill_down,
    moment_text,
    number_text,
)
from imports.rules.sheets.xlsx_parts import Styles, Words, unescaped
from imports.rules.sheets.xml import Handler

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
MERGES_LIMIT = 100_000
TRUE = ("1", "true")


@dataclass(frozen=True)
class Around:
    """What every sheet of the book needs to read its cells."""

    texts: list[str]
    styles: Styles
    since_1904: bool
    counter: Counter


class SheetReader(Handler):
    def __init__(self, head: SheetHead, around: Around) -> None:
        self.head, self.around = head, around
        self.rows: dict[int, list[str]] = {}
        self._merged: list[tuple[int, int, int, int]] = []
        self._row, self._column, self._cells, self._hidden = 0, -1, list[str](), False
        self._kind, self._style, self._value, self._in_value = "", 0, list[str](), False
        self._formula = False
        self._words = Words()

    def told(self) -> SheetTold:
        self.head.filled = fill_down(self.rows, self._merged)
        return SheetTold(self.head, sorted(self.rows.items()))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "v":
            self._in_value = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "col":
            self._note_column(attributes)
        elif name == "mergeCell":
            self._note_merged(attributes.get("ref", ""))
        else:
            self._words.start(name)

    def end(self, name: str) -> None:
        self._words.end(name)
        if name == "v":
            self._in_value = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()

    def text(self, said: str) -> None:
        if self._in_value:
            self._value.append(said)
        else:
            self._words.add(said)

    def _begin_row(self, given: dict[str, str]) -> None:
        number = given.get("r", "")
        self._row = int(number) if number.isdecimal() and len(number) < 8 else self._row + 1
        self._column, self._cells = -1, []
        self._hidden = given.get("hidden", "") in TRUE

    def _begin_cell(self, given: dict[str, str]) -> None:
        found = REFERENCE.fullmatch(given.get("r", "").upper())
        self._column = column_of(found[1]) if found else self._column + 1
        self._kind = given.get("t", "n")
        style = given.get("s", "")
        self._style = int(style) if style.isdecimal() and len(style) < 8 else 0
        self._value, self._formula, self._in_value = [], False, False
        self._words.clear()

    def _end_cell(self) -> None:
        said = self._said()
        self.head.uncalculated += self._formula and not said and not self._value
        if self._column >= COLUMNS_LIMIT:
            self.head.wide = self.head.wide or bool(said)
        elif said:
            self._cells.extend([""] * (self._column + 1 - len(self._cells)))
            self._cells[self._column] = said[:CELL_LIMIT]

    def _end_row(self) -> None:
        if not self.around.counter.row(self._cells):
            return
        if self._row in self.rows:
            raise Unreadable(FileFault.BROKEN)
        self.rows[self._row] = self._cells
        if self._hidden:
            self.head.hidden_rows.append(self._row)

    def _said(self) -> str:
        """Text as it stands, numbers and days as a person sees them."""
        if self._kind == "inlineStr":
            return self._words.said
        raw = "".join(self._value)
        if self._kind == "s":
            texts, at = self.around.texts, raw.strip()
            if at and not (at.isdecimal() and len(at) < 8 and int(at) < len(texts)):
                raise Unreadable(FileFault.BROKEN)
            return texts[int(at)] if at else ""
        if self._kind == "str":
            return unescaped(raw)
        return self._number(raw.strip()) if self._kind == "n" else self._other(raw.strip())

    def _other(self, raw: str) -> str:
        if self._kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(raw, raw)
        return raw.removesuffix("T00:00:00").replace("T", " ") if self._kind == "d" else raw

    def _number(self, raw: str) -> str:
        try:
            value = float(raw) if raw else None
        except ValueError:
            return raw
        if value is None or value != value or abs(value) == float("inf"):
            return ""
        if self._style in self.around.styles.dates:
            return moment_text(value, since_1904=self.around.since_1904)
        return number_text(value).zfill(self.around.styles.zeros.get(self._style, 0))

    def _note_column(self, given: dict[str, str]) -> None:
        first, last = given.get("min", ""), given.get("max", "")
        if given.get("hidden", "") in TRUE and first.isdecimal() and last.isdecimal():
            columns = range(int(first[:6]) - 1, min(int(last[:6]), COLUMNS_LIMIT))
            self.head.hidden_columns.extend(columns)

    def _note_merged(self, reference: str) -> None:
        parts = [REFERENCE.fullmatch(part) for part in reference.upper().split(":")]
        if len(parts) != 2 or None in parts or len(self._merged) >= MERGES_LIMIT:
            return
        (left, top), (right, bottom) = ((column_of(part[1]), int(part[2])) for part in parts if part)
        self._merged.append((top, bottom, left, right))


def column_of(letters: str) -> int:
    """A is 0, Z 25, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
