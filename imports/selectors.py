"""What the pages of imports show, and the sheets they hand out."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from django.db.models import Count, Q

from core.actor import Actor
from disputes.choices import Confidentiality
from disputes.models import RestrictionQuestion
from disputes.rules.spreadsheet import QUOTED, fit
from imports.models import ImportRow, LedgerImport
from imports.rules.headings import COLUMNS, OWN_SHEET, REASONS

SHOWN_IMPORTS, ROWS_A_PAGE = 20, 50
AFTER = re.compile(r"\d{1,3}-\d{1,7}")
EXAMPLE = {
    "old_number": "2026-001",
    "title": "田埂移位纠纷",
    "narrative": "两家承包地相邻，春耕时因田埂移位发生争执，要求到现场丈量。",
    "category": "山林土地",
    "place": "",
    "occurred_on": "2026-03-02",
    "people_count": "2",
    "applicant": "王某",
    "respondent": "李某",
}


@dataclass(frozen=True)
class Report:
    """One page of an import's rows with the counts of all of them."""

    counts: dict[str, int]
    rows: Sequence[ImportRow]
    next: str  # sheet-line after which the next page begins; empty on the last


def imports_of(by: Actor) -> list[LedgerImport]:
    """Those of one's own unit, newest first."""
    rows = LedgerImport.objects.filter(appointment__post__organization=by.organization)
    return list(rows.select_related("uploaded_by")[:SHOWN_IMPORTS])


def report_of(row: LedgerImport, *, state: str, after: str) -> Report:
    """The rows after "sheet-line", in the order of the book; anything else begins at the first."""
    counted = row.rows.values_list("state").annotate(n=Count("pk"))
    rows = row.rows.select_related("dispute__book").defer("cells")
    if AFTER.fullmatch(after):
        sheet, line = (int(part) for part in after.split("-"))
        rows = rows.filter(Q(sheet__gt=sheet) | Q(sheet=sheet, line__gt=line))
    found = list((rows.filter(state=state) if state else rows)[: ROWS_A_PAGE + 1])
    for one in found if len(row.sheet_names) > 1 else ():
        one.sheet_name = row.sheet_names[one.sheet]
    last = found[ROWS_A_PAGE - 1] if len(found) > ROWS_A_PAGE else None
    return Report(dict(counted), found[:ROWS_A_PAGE], f"{last.sheet}-{last.line}" if last else "")


def template_sheet(place: str) -> bytes:
    """The headings, one example line, and which columns are needed."""
    example = EXAMPLE | {"place": place}
    return _sheet([[example.get(column.name, "") for column in COLUMNS]], needed=True)


def refused_sheet(row: LedgerImport) -> bytes:
    """The refused lines as they were sent, each with its reasons, ready to be mended and sent again."""
    refused = row.rows.filter(state=ImportRow.State.REFUSED).exclude(cells="").iterator(chunk_size=500)
    return _sheet((_cells(line) for line in refused), reasons=True)


def _cells(line: ImportRow) -> list[str]:
    said = json.loads(line.cells)
    reasons = "；".join(f"{column}：{message}" for column, message in line.messages)
    return [*(said.get(column.name, "") for column in COLUMNS), reasons]


def _sheet(lines: Iterable[Sequence[str]], *, needed: bool = False, reasons: bool = False) -> bytes:
    store = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(store, options) as book:
        sheet = book.add_worksheet(OWN_SHEET)
        text_cell = book.add_format(QUOTED)
        must, may = book.add_format({"bold": True, "bg_color": "#E9F1FC"}), book.add_format({"bold": True})
        titles = [column.title for column in COLUMNS] + ([REASONS] if reasons else [])
        for position, title in enumerate(titles):
            is_needed = needed and position < len(COLUMNS) and COLUMNS[position].needed
            sheet.write_string(0, position, title, must if is_needed else may)
            sheet.set_column(position, position, 40 if position in (2, len(COLUMNS)) else 16)
        sheet.freeze_panes(1, 0)
        for number, cells in enumerate(lines, start=1):
            for position, text in enumerate(cells):
                sheet.write_string(number, position, fit(text), text_cell)
    return store.getvalue()


def open_in_import(row: LedgerImport) -> int:
    """How many disputes of an import ask it."""
    found = RestrictionQuestion.objects.filter(dispute__in=row.rows.values("dispute"), answer="")
    return found.filter(dispute__confidentiality=Confidentiality.NORMAL).count()


def goes_by(sha256: str) -> bool:
    """Whether an import that is not over goes by this stored content."""
    return LedgerImport.objects.filter(sha256=sha256, finished_at=None).exists()
