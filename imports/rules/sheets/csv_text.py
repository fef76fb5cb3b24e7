"""csv: UTF-8 with or without a mark, UTF-16 with one, GB18030; comma, semicolon or tab."""

from __future__ import annotations

import csv
from io import StringIO

from core import text_files
from core.text_files import NotText
from imports.rules.sheets.told import (
    CELL_LIMIT,
    COLUMNS_LIMIT,
    Counter,
    FileFault,
    SheetHead,
    SheetTold,
    Unreadable,
)

SEPARATORS = (",", "\t", ";")
LOOKED_AT = 20_000  # characters, to find the separator


def text_of(data: bytes) -> str:
    """Raises Unreadable when the bytes are no text, or text in an unknown encoding."""
    try:
        return text_files.text_of(data)
    except NotText as error:
        raise Unreadable(FileFault.NOT_A_SHEET if error.is_binary else FileFault.ENCODING) from None


def read(text: str) -> list[SheetTold]:
    """One sheet without a name; rows count as records, not as lines of the file. Raises Unreadable."""
    separator = max(SEPARATORS, key=text[:LOOKED_AT].count)
    csv.field_size_limit(CELL_LIMIT)
    head, counter = SheetHead(""), Counter()
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), start=1):
            head.wide = head.wide or any(cells[COLUMNS_LIMIT:])
            if counter.row(cells[:COLUMNS_LIMIT]):
                rows.append((number, cells[:COLUMNS_LIMIT]))
    except csv.Error:
        raise Unreadable(FileFault.BROKEN) from None
    return [SheetTold(head, rows)]
