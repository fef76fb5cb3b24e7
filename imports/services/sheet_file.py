"""The file of an import: read once, in a child process; kept as lines of text that any worker can go through."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from core import confined
from disputes.errors import InvalidInput
from disputes.rules.files import XLSX, clean_name
from disputes.services.uploads import Upload
from imports.rules import headings
from imports.rules.answers import Answers
from imports.rules.headings import Heading
from imports.rules.sheet import Line, line_of
from imports.rules.sheets.told import FileFault, SheetHead
from imports.wording import file_fault

log = structlog.get_logger(__name__)
ENDINGS = (".xlsx", ".xls", ".csv")
SIZE_LIMIT = 10 * 1024 * 1024
READER = "imports.rules.sheets.reading:read"
SECONDS, MEGABYTES = 30, 768  # what reading one file may take
Row = tuple[int, int, list[str]]  # place of the sheet, number of the row, cells


def taken_apart(upload: Upload) -> bytes:
    """What the file says, packed. Raises InvalidInput at `file`, whatever the file is."""
    if (upload.size or 0) > SIZE_LIMIT:
        raise _refused(_("文件超过 10 MB，请分成几个文件。"))
    try:
        return confined.call(READER, upload.read(), seconds=SECONDS, megabytes=MEGABYTES, alone=_turn())
    except confined.TooMuch:
        raise _refused(
            _("这个表格太大或太复杂，没有读完。请只留下要导入的行和列，另存为 xlsx 后再上传。")
        ) from None
    except confined.Broken as error:
        log.error("sheet_reader_failed", error=str(error))
        raise _refused(file_fault(FileFault.BROKEN)) from None


def _turn() -> Path:
    """One file of the whole machine at a time: others wait, pages do not."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / ".sheet-reader.lock"


def file_name(upload: Upload) -> str:
    """As it was called, fit to be shown and stored."""
    name = upload.name or ""
    ending = next((one for one in ENDINGS if name.lower().endswith(one)), ".xlsx")
    stem = clean_name(name[: -len(ending)] if name.lower().endswith(ending) else name, XLSX)
    return stem.removesuffix(".xlsx") + ending


@dataclass(frozen=True)
class Book:
    """The sheets of a file with the lines of names found in them."""

    packed: bytes
    heads: list[SheetHead]
    headings: list[Heading | None]

    def usable(self) -> list[int]:
        """Places of the sheets whose columns are all there."""
        return [at for at, heading in enumerate(self.headings) if heading and heading.is_usable]

    def taken(self, answers: Answers) -> list[int]:
        """The sheets to be registered: those the person chose, else every visible one."""
        if answers.sheets is None:
            return [at for at in self.usable() if not self.heads[at].hidden]
        return [at for at in self.usable() if at in answers.sheets]

    def rows(self) -> Iterator[Row]:
        with gzip.open(BytesIO(self.packed), "rt", encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                sheet, number, cells = json.loads(line)
                yield sheet, number, cells

    def lines(self, answers: Answers) -> Iterator[Line]:
        """The lines under the names that say something, of the sheets taken."""
        taken = set(self.taken(answers))
        hidden = {at: set(self.heads[at].hidden_rows) for at in taken} if answers.hidden_rows is False else {}
        for sheet, number, cells in self.rows():
            heading = self.headings[sheet]
            if sheet not in taken or heading is None or number <= heading.last_row:
                continue
            if number in hidden.get(sheet, ()) or heading.repeats(cells):
                continue
            line = line_of(number, cells, heading, sheet=sheet, sheet_name=self.heads[sheet].name)
            if not line.is_empty:
                yield line


def opened(packed: bytes) -> Book:
    """Raises InvalidInput at `file` when the file could not be read or holds no sheet with our columns."""
    with gzip.open(BytesIO(packed), "rt", encoding="utf-8") as lines:
        told: dict[str, Any] = json.loads(next(lines))
    if "fault" in told:
        raise _refused(file_fault(FileFault(told["fault"])))
    heads = [SheetHead(**head) for head in told["sheets"]]
    book = Book(packed, heads, [])
    book.headings.extend(_headings(book))
    if not book.usable():
        raise InvalidInput({"file": _why_unusable(book)})
    return book


def _headings(book: Book) -> list[Heading | None]:
    firsts: list[list[headings.Row]] = [[] for _head in book.heads]
    for sheet, number, cells in book.rows():
        if len(firsts[sheet]) < headings.LOOKED_AT:
            firsts[sheet].append((number, cells))
    return [headings.locate(first) for first in firsts]


def _why_unusable(book: Book) -> list[object]:
    """What is wrong with the sheet that comes nearest."""
    found = [heading for heading in book.headings if heading]
    if not found:
        return [
            _(
                "没有找到列名行：要有“标题”“事由”“类别”“发生地”“申请人”这几列。请用本页的 xlsx 模板，或把列名改成这样。"
            )
        ]
    best = max(found, key=lambda heading: len(heading.positions))
    said: list[object] = [_("“%s”这一列出现了两次，请只留一列。") % title for title in best.twice]
    return said + [
        _("列名行（第 %(row)d 行）缺少“%(title)s”这一列，请用本页的模板。")
        % {"row": best.last_row, "title": title}
        for title in best.missing
    ]


def _refused(message: str) -> InvalidInput:
    return InvalidInput({"file": [message]})
