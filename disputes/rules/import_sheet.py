"""The columns of an import sheet, and what a line of texts says. Pure: names become codes elsewhere."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from disputes.rules import money

LINES_LIMIT = 20_000
CELL_LIMIT = 20_000


class SheetFault(StrEnum):
    """What can be wrong with a file or a cell before anything is looked up."""

    NO_COLUMN = "no_column"
    TWICE = "twice"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    FINER_THAN_FEN = "finer_than_fen"


@dataclass(frozen=True)
class Column:
    """`title` heads the column in the template, `also` are headings other ledgers use."""

    name: str
    title: str
    needed: bool = False
    also: tuple[str, ...] = ()


COLUMNS: tuple[Column, ...] = (
    Column("old_number", "原编号", also=("编号", "序号编号")),
    Column("title", "标题", True, ("纠纷名称", "事件名称", "名称")),
    Column("narrative", "事由", True, ("简要情况", "事件简述", "主要情况")),
    Column("category", "类别", True, ("纠纷类别", "事件类别", "纠纷类型")),
    Column("place", "发生地", True, ("发生地点", "村（社区）", "地点")),
    Column("occurred_on", "发生日期", also=("发生时间",)),
    Column("people_count", "涉及人数"),
    Column("amount", "涉及金额（元）", also=("涉及金额", "金额")),
    Column("applicant", "申请人", True, ("主要当事人", "当事人")),
    Column("applicant_phone", "申请人电话", also=("联系电话",)),
    Column("applicant_id", "申请人证件号", also=("证件号码",)),
    Column("respondent", "被申请人", also=("对方当事人",)),
    Column("respondent_phone", "被申请人电话"),
)
TITLE_OF = {column.name: column.title for column in COLUMNS}
# fields of a registration → the column a message about them belongs to
COLUMN_OF_FIELD = {
    "amount_fen": "amount",
    "parties": "applicant",
    "parties.0.name": "applicant",
    "parties.0.phone": "applicant_phone",
    "parties.0.id_number": "applicant_id",
    "parties.1.name": "respondent",
    "parties.1.phone": "respondent_phone",
}


@dataclass(frozen=True)
class Line:
    """One line by column name, as text; `number` is the line of the sheet, the heading is 1."""

    number: int
    cells: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        return not any(self.cells.values())

    @property
    def key(self) -> str:
        """What makes the line itself again in another file: its old number, else all it says."""
        old = self.cells.get("old_number", "")
        said = f"#{old}" if old else "\x1f".join(self.cells.get(column.name, "") for column in COLUMNS)
        return hashlib.sha256(said.encode()).hexdigest()


def heading(cells: Sequence[object]) -> tuple[dict[int, str], list[tuple[SheetFault, str]]]:
    """Position → column name, and what is wrong: needed columns that are missing, columns named twice."""
    by_title = {title: column.name for column in COLUMNS for title in (column.title, *column.also)}
    positions: dict[int, str] = {}
    faults = []
    for position, cell in enumerate(cells):
        name = by_title.get(text_of(cell))
        if name is None:
            continue
        if name in positions.values():
            faults.append((SheetFault.TWICE, TITLE_OF[name]))
        positions[position] = name
    missing = [column for column in COLUMNS if column.needed and column.name not in positions.values()]
    return positions, faults + [(SheetFault.NO_COLUMN, column.title) for column in missing]


def line_of(number: int, cells: Sequence[object], positions: Mapping[int, str]) -> Line:
    named = {name: text_of(cells[at]) for at, name in positions.items() if at < len(cells)}
    return Line(number, named)


def text_of(cell: object) -> str:
    """What a cell says as a person reads it: whole numbers without .0, days as 2026-11-22."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()[:CELL_LIMIT]


def day_of(text: str) -> date | None | SheetFault:
    """2026-11-22, 2026/11/22, 2026.11.22 or 2026年11月22日."""
    if not text:
        return None
    plain = text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    try:
        year, month, day = (int(part) for part in plain.split("-"))
        return date(year, month, day)
    except ValueError:
        return SheetFault.NOT_A_DATE


def fen_of(text: str) -> int | None | SheetFault:
    """Yuan as 12,000.50 → fen; an empty cell says nothing."""
    if not text:
        return None
    try:
        yuan = Decimal(text.replace(",", "").replace("，", "").removesuffix("元"))
    except InvalidOperation:
        return SheetFault.NOT_A_NUMBER
    if not yuan.is_finite():
        return SheetFault.NOT_A_NUMBER
    fen = money.fen_of(yuan)
    return SheetFault.FINER_THAN_FEN if fen is None else fen


def count_of(text: str) -> int | SheetFault:
    """Persons; an empty cell means one, the applicant."""
    if not text:
        return 1
    digits = text.removesuffix("人").removesuffix("名")
    return int(digits) if digits.isdecimal() and len(digits) < 9 else SheetFault.NOT_A_NUMBER
