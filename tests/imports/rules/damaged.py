"""Damaged, hostile and mistaken files, each with the kinds of fault that say truly what it is."""

# ruff: noqa: E501 - one file a line

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

import xlsxwriter

from imports.rules.headings import COLUMNS
from imports.rules.sheets.told import FileFault as F

TITLES = [column.title for column in COLUMNS]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def good() -> bytes:
    store = BytesIO()
    with xlsxwriter.Workbook(store, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, TITLES)
        sheet.write_row(
            1, 0, ["旧-1", "田埂纠纷", "两家为田埂起了争执。", "邻里", "石桥村", "2026-03-02", 2, 5, "田"]
        )
    return store.getvalue()


def repacked(change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None) -> bytes:
    """The good file with parts changed, dropped (None) or added."""
    store = BytesIO()
    with zipfile.ZipFile(BytesIO(good())) as old, zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return store.getvalue()


def part_is(name: str, content: bytes | None) -> bytes:
    return repacked(lambda its, old: content if its == name else old)


def sheet_of(cells: str, more: str = "") -> bytes:
    return part_is(
        SHEET, f'<worksheet xmlns="{MAIN}">{more}<sheetData>{cells}</sheetData></worksheet>'.encode()
    )


def files() -> Iterator[tuple[str, bytes, set[F]]]:
    """Name, bytes, and the faults that are true of them; an empty set: it is read all the same."""
    yield from _of_one_file()
    for name in zipfile.ZipFile(BytesIO(good())).namelist():
        yield from _of_a_part(name)
    yield from _too_much()
    yield from _of_cells()
    yield from _of_other_programs()


def _of_one_file() -> Iterator[tuple[str, bytes, set[F]]]:
    whole = good()
    for share in range(1, 20):
        yield f"cut at {share}/20", whole[: len(whole) * share // 20], {F.BROKEN}
    for at in range(40, len(whole), len(whole) // 30):
        yield (
            f"byte {at} turned",
            whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :],
            {F.BROKEN, F.LOCKED, F.NOT_A_SHEET},
        )


def _of_a_part(name: str) -> Iterator[tuple[str, bytes, set[F]]]:
    yield f"{name} missing", part_is(name, None), {F.BROKEN, F.NOT_A_SHEET, F.EMPTY}
    yield f"{name} empty", part_is(name, b""), {F.BROKEN}
    yield f"{name} no XML", part_is(name, b"<<<>>> \xff\xfe"), {F.BROKEN}
    yield f"{name} another XML", part_is(name, b"<x/>"), {F.BROKEN, F.EMPTY, F.NOT_A_SHEET}
    yield (
        f"{name} cut",
        repacked(lambda its, old: old[: len(old) // 2] if its == name else old),
        {F.BROKEN},
    )
    yield f"{name} entity bomb", part_is(name, f"{BOMB}]><x>&j;</x>".encode()), {F.BROKEN}
    yield (
        f"{name} outer entity",
        part_is(name, b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'),
        {F.BROKEN},
    )
    yield (
        f"{name} in GBK",
        part_is(name, '<?xml version="1.0" encoding="GBK"?><x>乡</x>'.encode("gbk")),
        {F.BROKEN},
    )


def _too_much() -> Iterator[tuple[str, bytes, set[F]]]:
    yield "a million strings", part_is(STRINGS, _strings(1_100_000)), {F.TOO_MANY_CELLS}
    yield (
        "one endless string",
        part_is(STRINGS, f'<sst xmlns="{MAIN}"><si><t>{"a" * 3_000_000}</t></si></sst>'.encode()),
        {F.TOO_LARGE},
    )
    yield "much of nothing", sheet_of("<!--" + "x" * 25_000_000 + "-->"), {F.TOO_LARGE}
    yield (
        "too many lines",
        sheet_of("".join(f'<row r="{n}"><c t="str"><v>甲</v></c></row>' for n in range(1, 20_100))),
        {F.TOO_MANY_LINES},
    )


def _of_cells() -> Iterator[tuple[str, bytes, set[F]]]:
    yield "deep", sheet_of("<a>" * 100_000), {F.BROKEN}
    yield "a row twice", sheet_of('<row r="2"><c t="str"><v>a</v></c></row>' * 2), {F.BROKEN}
    yield "negative places", sheet_of('<row r="-1"><c r="A-1" t="str"><v>a</v></c></row>'), set()
    yield "negative text", sheet_of('<row r="1"><c t="s"><v>-5</v></c></row>'), {F.BROKEN}
    yield "text that is not there", sheet_of('<row r="1"><c t="s"><v>999999</v></c></row>'), {F.BROKEN}
    yield (
        "huge places",
        sheet_of('<row r="99999999999999999999"><c r="ZZZZZZ1" t="str"><v>a</v></c></row>'),
        set(),
    )
    yield (
        "huge dimension",
        sheet_of('<row r="1"><c t="str"><v>a</v></c></row>', '<dimension ref="A1:XFD1048576"/>'),
        set(),
    )
    yield (
        "huge merge",
        sheet_of(
            '<row r="1"><c t="str"><v>a</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>'
        ),
        set(),
    )
    yield (
        "odd figures",
        sheet_of(
            "".join(f"<row><c><v>{said}</v></c></row>" for said in ("1e999", "nan", "inf", "--1", "0x10"))
        ),
        set(),
    )
    yield (
        "odd days",
        sheet_of('<row><c s="1"><v>99999999999</v></c><c t="d"><v>so</v></c><c t="?"><v>1</v></c></row>'),
        set(),
    )


def _strings(number: int) -> bytes:
    return f'<sst xmlns="{MAIN}">{"<si><t>a</t></si>" * number}</sst>'.encode()


def _of_other_programs() -> Iterator[tuple[str, bytes, set[F]]]:
    yield "nothing", b"", {F.EMPTY}
    yield "blanks", b"  \r\n ", {F.EMPTY}
    yield "bytes", bytes(range(256)) * 40, {F.ENCODING, F.NOT_A_SHEET}
    yield "zeros", b"\0" * 5000, {F.NOT_A_SHEET}
    yield "picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), {F.ENCODING, F.NOT_A_SHEET}
    yield "pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", {F.NOT_A_SHEET, F.ENCODING}
    yield (
        "web page",
        "<html><body><table><tr><td>标题</td></tr></table></body></html>".encode("gb18030"),
        {F.WEB_PAGE},
    )
    yield "table of a web page", "\ufeff\r\n<TABLE><tr><td>标题".encode(), {F.WEB_PAGE}
    yield (
        "XML 2003",
        b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        {F.XML_2003},
    )
    yield "locked xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), {F.LOCKED}
    yield "old Word", OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), {F.WORD}
    yield "broken xls", OLE + b"\0" * 4000, {F.BROKEN}
    yield "beginning of an xls", OLE, {F.BROKEN}
    yield "very old xls", b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\xff" * 200, {F.BROKEN}
    yield "Word", _zipped({"word/document.xml": b"<x/>"}), {F.WORD}
    yield (
        "ods",
        _zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
        {F.OPEN_DOCUMENT},
    )
    yield "xlsb", _zipped({"xl/workbook.bin": b"\1\2"}), {F.BINARY_BOOK}
    yield "a zip in a zip", _zipped({"inner.zip": _zipped({"a.xlsx": good()})}), {F.NOT_A_SHEET}
    yield "an empty zip", _zipped({}), {F.NOT_A_SHEET, F.BROKEN}
    yield "many parts", _zipped({f"{n}.xml": b"" for n in range(1_100)}), {F.BROKEN}
    yield "half a character", "标题,事由\n甲,乙".encode() + b"\xff\xff", {F.ENCODING}
    yield "a cell of a csv without an end", b'a,b\n"' + b"x" * 200_000, {F.BROKEN}
    yield "a csv with zeros", b"a,b\n\0,c", {F.NOT_A_SHEET}


def _zipped(parts: dict[str, bytes]) -> bytes:
    store = BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return store.getvalue()
