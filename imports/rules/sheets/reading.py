"""From the bytes of a file to its sheets and lines, whatever office program wrote it. The work of a child process."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

from imports.rules.sheets import csv_text, xls, xlsx
from imports.rules.sheets.told import FileFault, SheetTold, Unreadable

ZIP, OLD = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FAST = 1  # of gzip: texts shrink to a fifth with that already
BEGINNINGS = (
    ("<?mso-application", FileFault.XML_2003),
    ("<html", FileFault.WEB_PAGE),
    ("<!doctype html", FileFault.WEB_PAGE),
    ("<table", FileFault.WEB_PAGE),
    ("urn:schemas-microsoft-com:office:spreadsheet", FileFault.XML_2003),
    ("%pdf", FileFault.NOT_A_SHEET),
)


def read(data: bytes) -> bytes:
    """Packed lines of JSON: first the heads of the sheets, or the fault; then [sheet, row, cells] of each line."""
    return gzip.compress("\n".join(_told(data)).encode(), FAST)


def _told(data: bytes) -> Iterator[str]:
    try:
        sheets = sheets_of(data)
    except Unreadable as error:
        yield json.dumps({"fault": error.fault})
        return
    yield json.dumps({"sheets": [sheet.head.as_data() for sheet in sheets]}, ensure_ascii=False)
    for position, sheet in enumerate(sheets):
        for number, cells in sheet.rows:
            yield json.dumps([position, number, [_clean(cell) for cell in cells]], ensure_ascii=False)


def sheets_of(data: bytes) -> list[SheetTold]:
    """Raises Unreadable: every kind of damage has its fault, none its own error."""
    sheets = _by_kind(data)
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable(FileFault.EMPTY)
    return sheets


def _by_kind(data: bytes) -> list[SheetTold]:
    if not data.strip():
        raise Unreadable(FileFault.EMPTY)
    if data.startswith(ZIP):
        return xlsx.read(data)
    if data.startswith(OLD) or data[:2] == b"\x09\x08":
        return xls.read(data)
    text = csv_text.text_of(data)
    beginning = text[:2000].lstrip("\ufeff \r\n\t").lower()
    for words, fault in BEGINNINGS:
        if beginning.startswith(words) or (words in beginning and beginning.startswith("<")):
            raise Unreadable(fault)
    return csv_text.read(text)


def _clean(cell: str) -> str:
    """Half a character of two is none."""
    return cell.encode("utf-8", "replace").decode()
