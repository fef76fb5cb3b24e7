"""xls, the format before 2007, also as WPS writes it; and what else hides in the same kind of file."""

from __future__ import annotations

import os
from contextlib import suppress

import xlrd
from xlrd.book import Book
from xlrd.sheet import Cell, Sheet

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
    zeros_of,
)

MARKS = (
    ("EncryptedPackage", FileFault.LOCKED),
    ("WordDocument", FileFault.WORD),
)


def read(data: bytes) -> list[SheetTold]:
    """Every sheet with its lines. Raises Unreadable."""
    for mark, fault in MARKS:
        if mark.encode("utf-16-le") in data:
            raise Unreadable(fault)
    book, counter = _book(data), Counter()
    return [_told(book, sheet, counter) for sheet in book.sheets()]


def _book(data: bytes) -> Book:
    """With formats where they can be read: they tell hidden rows, merged cells and leading zeros."""
    with open(os.devnull, "w") as nowhere:
        for formats in (True, False):
            with suppress(Exception):  # whatever a damaged file makes of the library, it is damaged
                return xlrd.open_workbook(file_contents=data, formatting_info=formats, logfile=nowhere)
        try:
            return xlrd.open_workbook(file_contents=data, logfile=nowhere, ignore_workbook_corruption=True)
        except xlrd.XLRDError as error:
            locked = "encrypted" in str(error).lower()
            raise Unreadable(FileFault.LOCKED if locked else FileFault.BROKEN) from None
        except MemoryError:
            raise
        except Exception:
            raise Unreadable(FileFault.BROKEN) from None


def _told(book: Book, sheet: Sheet, counter: Counter) -> SheetTold:
    head = SheetHead(sheet.name, hidden=sheet.visibility != 0, wide=sheet.ncols > COLUMNS_LIMIT)
    columns = sheet.colinfo_map.items()
    head.hidden_columns = sorted(at for at, column in columns if column.hidden and at < COLUMNS_LIMIT)
    rows: dict[int, list[str]] = {}
    for at in range(sheet.nrows):
        cells = [_text(book, cell) for cell in sheet.row(at)[:COLUMNS_LIMIT]]
        if not counter.row(cells):
            continue
        rows[at + 1] = cells
        if at in sheet.rowinfo_map and sheet.rowinfo_map[at].hidden:
            head.hidden_rows.append(at + 1)
    merged = ((top + 1, bottom, left, right - 1) for top, bottom, left, right in sheet.merged_cells)
    head.filled = fill_down(rows, merged)
    return SheetTold(head, sorted(rows.items()))


def _text(book: Book, cell: Cell) -> str:
    value = cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        return moment_text(float(value), since_1904=bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return number_text(float(value)).zfill(_zeros(book, cell))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#N/A"))
    return str(value)[:CELL_LIMIT]


def _zeros(book: Book, cell: Cell) -> int:
    if cell.xf_index is None or cell.xf_index >= len(book.xf_list):
        return 0
    shown = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return zeros_of(shown.format_str) if shown else 0
