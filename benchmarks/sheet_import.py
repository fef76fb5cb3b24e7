"""The import of a 10,000-row ledger, from the upload to the last line's report."""

import time
from datetime import datetime
from io import BytesIO

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from benchmarks.measuring import Figure
from demo.build.playing import Cast
from demo.stories import Story, all_stories
from imports.rules.headings import COLUMNS
from imports.services import importing

LINES, BUDGET_S = 10_000, 120
IMPORTER = "t01.coordinator"


def measure(now: datetime) -> Figure:
    """Wall time of one worker; early warning and responsibility included, as on every registration."""
    by = Cast()[IMPORTER]
    upload = SimpleUploadedFile("ledger.xlsx", _sheet(now))
    started = time.perf_counter()
    row = importing.take_in(upload=upload, by=by, now=now)
    importing.checked(import_id=row.pk, by=by, now=now)  # the page that is looked at
    importing.confirm(import_id=row.pk, by=by, now=now)
    importing.run(import_id=row.pk, now=now)
    seconds = time.perf_counter() - started
    row.refresh_from_db()
    registered = row.rows.filter(state="registered").count()
    if registered != LINES:
        raise RuntimeError(f"only {registered} of {LINES} lines were registered: {row.error}")
    return Figure(f"import of {LINES:,} rows", seconds, seconds, BUDGET_S, unit="s")


def _sheet(now: datetime) -> bytes:
    stories = all_stories(now)
    store = BytesIO()
    with xlsxwriter.Workbook(store, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [column.title for column in COLUMNS])
        for number in range(1, LINES + 1):
            said = _line(number, stories[number % len(stories)], now)
            sheet.write_row(number, 0, [said.get(column.name, "") for column in COLUMNS])
    return store.getvalue()


def _line(number: int, story: Story, now: datetime) -> dict[str, str]:
    return {
        "old_number": f"{now:%Y%m%d%H%M%S}-{number}",
        "title": story.facts.title,
        "narrative": story.facts.narrative,
        "category": story.facts.category,
        "place": "t01.v01",
        "people_count": "2",
        "applicant": "田建国",
        "respondent": "武春来",
    }
