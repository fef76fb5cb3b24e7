"""Files of office programs, whole and damaged. Oracles: files LibreOffice wrote, and a list of true faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from imports.rules.sheets import package
from imports.rules.sheets.reading import sheets_of
from imports.rules.sheets.told import SheetTold, Unreadable, is_date_format, moment_text, number_text
from tests.imports.rules import damaged

DATA = Path(__file__).parents[1] / "data"
HEADING = [
    "序号",
    "编 号",
    "标题",
    "事由",
    "类别",
    "发生地",
    "发生日期",
    "涉及人数",
    "涉及金额(万元)",
    "申请人",
    "联系电话",
]
SECOND = [
    "2",
    "2",
    "水沟纠纷",
    "水沟改道，雨后积水\t漫进院子。",
    "邻里纠纷",
    "青石镇",
    "2026-02-03 14:30",
    "30余人",
    "3000元",
    "武春来",
    "+8613800001234",
]


def read(name: str) -> list[SheetTold]:
    return sheets_of((DATA / name).read_bytes())


@pytest.mark.parametrize("name", ["official.xlsx", "official.xls"])
def test_what_libreoffice_wrote_is_read_as_it_shows_it(name: str) -> None:
    cover, month, words = read(name)
    assert [sheet.head.name for sheet in (cover, month, words)] == ["封面", "三月", "字典"]
    assert [sheet.head.hidden for sheet in (cover, month, words)] == [False, False, True]
    rows = dict(month.rows)
    assert rows[3] == HEADING
    assert rows[4][:2] == ["1", "001"]  # formatted 000
    assert rows[4][6:9] == ["2026-02-02", "2", "3.5"]
    assert rows[5] == SECOND
    assert rows[6][5:9] == ["青石镇", "2026／2／4", "3人", "￥0.5万元"]
    assert (month.head.hidden_rows, month.head.filled) == ([7], 3)  # 发生地 merged over four rows


def test_a_csv_in_gb18030_is_read() -> None:
    (sheet,) = read("official-gb18030.csv")
    rows = dict(sheet.rows)
    assert rows[3] == HEADING
    assert rows[4][:3] == ["1", "001", "田埂纠纷"]
    assert rows[5][3] == SECOND[3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_csv_in_every_encoding_and_with_every_separator(encoding: str, separator: str) -> None:
    (sheet,) = sheets_of(f"标题{separator}事由\r\n甲{separator}𠮷野家".encode(encoding))
    assert sheet.rows == [(1, ["标题", "事由"]), (2, ["甲", "𠮷野家"])]


@pytest.mark.parametrize("name", ["empty-fill.xlsx", "font-family-34.xlsx", "wps-dimension-a1.xlsx"])
def test_what_office_programs_forgive_is_forgiven(name: str) -> None:
    (sheet,) = read(name)
    assert sheet.rows[0][1][:3] == ["原编号", "标题", "事由"]
    assert {cells[5] for _number, cells in sheet.rows[1:]} == {"2026-03-02"}
    assert len(sheet.rows) == (3 if name == "wps-dimension-a1.xlsx" else 2)


HARMLESS = ("byte", "docProps", "xl/theme", "xl/styles", "[Content", "_rels", "xl/_rels")  # no cell is lost


def test_every_damaged_file_has_a_true_fault_and_none_an_error_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(package, "UNPACKED_LIMIT", 20 * 1024 * 1024)
    monkeypatch.setattr(package, "PARTS_LIMIT", 1_000)
    wrong = []
    for name, data, faults in damaged.files():
        try:
            sheets_of(data)
        except Unreadable as error:
            if error.fault not in faults:
                wrong.append((name, error.fault))
        else:  # damage in a part that says nothing of the cells costs nothing
            if faults and not name.startswith(HARMLESS):
                wrong.append((name, "read"))
    assert not wrong


def test_line_breaks_of_the_format_are_line_breaks() -> None:
    data = damaged.sheet_of('<row><c t="inlineStr"><is><t>甲_x000D_\n乙_x005F_x000D_</t></is></c></row>')
    assert sheets_of(data)[0].rows == [(1, ["甲\r\n乙_x000D_"])]


def test_what_is_said_of_the_pronunciation_is_no_text() -> None:
    cell = '<row><c t="inlineStr"><is><r><t>山</t></r><r><t>田</t></r><rPh><t>やまだ</t></rPh></is></c></row>'
    assert sheets_of(damaged.sheet_of(cell))[0].rows == [(1, ["山田"])]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (13800001234.0, "13800001234"),
        (1.10101199003071e17, "1.10101199003071E+17"),
    ],
)
def test_a_number_as_it_is_seen(value: float, said: str) -> None:
    assert number_text(value) == said


@pytest.mark.parametrize(
    ("serial", "old", "said"),
    [(46083, False, "2026-03-02"), (46083.604167, False, "2026-03-02 14:30"), (44621, True, "2026-03-02"),
     (1, False, "1900-01-01"), (61, False, "1900-03-01"), (0.5, False, "0.5")],
)  # fmt: skip
def test_days_as_a_sheet_counts_them(serial: float, old: bool, said: str) -> None:
    assert moment_text(serial, since_1904=old) == said


@pytest.mark.parametrize(
    ("code", "is_date"),
    [("yyyy-mm-dd", True), ('yyyy"年"m"月"d"日"', True), ("[$-804]m月d日", True), ("General", False), ("0.00", False),
     ("#,##0.00_);[Red](#,##0.00)", False), ('"day" 0', False), ("h:mm", True)],
)  # fmt: skip
def test_which_formats_show_a_day(code: str, is_date: bool) -> None:
    assert is_date_format(code) == is_date
