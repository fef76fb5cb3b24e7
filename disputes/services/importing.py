"""Bringing in a ledger kept elsewhere: the file is checked at once, its lines are registered in the background.

Each line is a registration of its own, with number, chain, deadline and events. Some lines and their reports are
one transaction, so a killed worker leaves nothing twice and nothing out: the next one goes on where it stopped.
"""

import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from accounts import actors
from accounts.permissions import Permission
from accounts.policies import may, require
from audit import services as audit
from audit.choices import Action
from core import runs
from core.actor import Actor
from core.batches import chunks
from disputes.errors import InvalidInput, NotFound, WrongState
from disputes.models import ImportRow, LedgerImport
from disputes.rules import import_sheet
from disputes.rules.files import XLSX, clean_name
from disputes.rules.import_sheet import Line, SheetFault
from disputes.services import blobs, import_batches
from disputes.services.attachments import Upload
from disputes.services.import_batches import Taking
from disputes.services.import_lines import names_for
from disputes.services.intake_checks import receiving_centre
from jurisdictions.models import Organization
from notifications.services import notify

State = LedgerImport.State
SIZE_LIMIT = 10 * 1024 * 1024
UNPACKED_LIMIT = 300 * 1024 * 1024  # a small file that unpacks to more is not opened
AT_ONCE = 20  # lines in one transaction, then a sign of life; the book's counter is held as long
QUIET_AFTER = timedelta(minutes=2)
CELLS_KEPT = timedelta(days=30)


@transaction.atomic
def take_in(*, upload: Upload, by: Actor, now: datetime) -> LedgerImport:
    """Checks type, size and headings, counts the lines. Raises InvalidInput at `file`; nothing is registered yet."""
    require(by, Permission.BULK)
    receiving_centre(by)
    data = _bytes(upload)
    total = sum(1 for _line in _lines(data))
    if not total:
        raise InvalidInput({"file": [_("表里没有可以导入的行，请按模板填写后再上传。")]})
    if total > import_sheet.LINES_LIMIT:
        raise InvalidInput({"file": [_("一次最多导入 %d 行，请分成几个文件。") % import_sheet.LINES_LIMIT]})
    row = LedgerImport.objects.create(
        appointment=by.acting,
        uploaded_by=by.user,
        uploaded_at=now,
        file_name=clean_name(upload.name or "", XLSX),
        sha256=blobs.write(data),
        total=total,
    )
    audit.record(
        action=Action.IMPORTED,
        by=by,
        now=now,
        target_type="import",
        target_id=row.pk,
        details={"rows": total},
    )
    return row


def run(*, import_id: int, now: datetime) -> None:
    """Registers what has no report yet. Safe to call twice: only who turns the row to running works on it."""
    claimed = LedgerImport.objects.filter(pk=import_id, state=State.WAITING).update(
        state=State.RUNNING, alive_at=now
    )
    if not claimed:
        return
    row = LedgerImport.objects.select_related("uploaded_by", "appointment").get(pk=import_id)
    try:
        with translation.override(settings.LANGUAGE_CODE):
            _work(row, now)
            _tell(row, now)
    except Exception as error:
        LedgerImport.objects.filter(pk=import_id).update(
            state=State.FAILED, error=str(error)[:300], finished_at=now
        )
        raise
    LedgerImport.objects.filter(pk=import_id, state=State.RUNNING).update(state=State.DONE, finished_at=now)


def take_up_lost(*, now: datetime) -> int:
    """Imports whose message was lost or whose worker died go on now."""
    return runs.take_up_lost(
        LedgerImport.objects.all(),
        lambda import_id: run(import_id=import_id, now=now),
        stuck=Q(alive_at__lt=now - QUIET_AFTER),
        lost=Q(uploaded_at__lt=now - QUIET_AFTER),
    )


def forget_cells(*, now: datetime) -> int:
    """Refused lines hold names and numbers of people: they are kept a month, to be mended."""
    old = ImportRow.objects.filter(ledger_import__finished_at__lt=now - CELLS_KEPT).exclude(cells="")
    return old.update(cells="")


@transaction.atomic
def stop(*, import_id: int, by: Actor) -> None:
    """Ends an import under way; what is registered stays registered."""
    row = own(import_id, by)
    if not row.is_going_on:
        raise WrongState(_("这次导入已经结束。"))
    LedgerImport.objects.filter(pk=row.pk).update(state=State.STOPPED)


def own(import_id: int, by: Actor) -> LedgerImport:
    """An import of one's own unit; another's is not there."""
    require(by, Permission.BULK)
    rows = LedgerImport.objects.select_related("uploaded_by")
    row = rows.filter(pk=import_id, appointment__post__organization=by.organization).first()
    if row is None:
        raise NotFound(_("没有找到这次导入。"))
    return row


def _work(row: LedgerImport, now: datetime) -> None:
    by = _actor_of(row, now)
    reported = set(row.rows.values_list("line", flat=True))
    centre = receiving_centre(by)
    taking = Taking(row, by, now, centre, names_for(by), _known_keys(centre))
    lines = enumerate(_lines(blobs.read(row.sha256)), start=1)
    waiting = ((done, line) for done, line in lines if line.number not in reported)
    for batch in chunks(waiting, AT_ONCE):
        import_batches.take(taking, [line for _done, line in batch])
        if not _still_wanted(row, batch[-1][0]):
            return
    LedgerImport.objects.filter(pk=row.pk).update(done=row.total)


def _known_keys(centre: Organization) -> set[str]:
    """What this centre imported before; the unique constraint catches what comes in meanwhile."""
    rows = ImportRow.objects.filter(centre=centre, state=ImportRow.State.REGISTERED)
    return set(rows.values_list("key", flat=True))


def _tell(row: LedgerImport, now: datetime) -> None:
    """One notice to who uploaded it, however many lines there were."""
    counts = dict(row.rows.values_list("state").annotate(n=Count("pk")))
    said = {"done": counts.get(ImportRow.State.REGISTERED, 0), "not": counts.get(ImportRow.State.REFUSED, 0)}
    notify(
        recipients=[row.uploaded_by_id],
        kind="import_done",
        title=_("台账导入结束：登记 %(done)d 件，未登记 %(not)d 行") % said,
        url=f"/disputes/ledger/imports/{row.pk}/",
        dedupe_key=f"import:{row.pk}:done",
        now=now,
    )


def _still_wanted(row: LedgerImport, done: int) -> bool:
    """Writes down how far it is; False once somebody stopped it."""
    fresh = LedgerImport.objects.filter(pk=row.pk, state=State.RUNNING)
    return bool(fresh.update(done=done, alive_at=_clock_of(row)))


def _clock_of(row: LedgerImport) -> datetime:
    """Signs of life are told by the database's clock: a long import outlasts the moment it was begun."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _actor_of(row: LedgerImport, now: datetime) -> Actor:
    by = actors.for_user(row.uploaded_by, now, acting=f"a{row.appointment_id}")
    if by is None or by.acting.pk != row.appointment_id or not may(by, Permission.BULK):
        raise WrongState(_("上传人已不在原来的岗位，请由现任人员重新上传。"))
    return by


def _bytes(upload: Upload) -> bytes:
    if (upload.size or 0) > SIZE_LIMIT:
        raise InvalidInput({"file": [_("文件超过 10 MB，请分成几个文件。")]})
    data = upload.read()
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
            fine = "xl/workbook.xml" in packed.namelist() and unpacked <= UNPACKED_LIMIT
    except (zipfile.BadZipFile, ValueError, OSError):
        fine = False
    if not fine:
        raise InvalidInput({"file": [_("这不是能打开的 xlsx 表格，请用本页的模板。")]})
    return data


def _lines(data: bytes) -> Iterator[Line]:
    """The lines under the heading that say something. Raises InvalidInput at `file`."""
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        first = next(rows, ())
    except (InvalidFileException, KeyError, ValueError, IndexError, zipfile.BadZipFile):
        raise InvalidInput({"file": [_("这不是能打开的 xlsx 表格，请用本页的模板。")]}) from None
    positions, faults = import_sheet.heading(first)
    if faults:
        raise InvalidInput({"file": [_heading_message(fault, title) for fault, title in faults]})
    for number, cells in enumerate(rows, start=2):
        line = import_sheet.line_of(number, cells, positions)
        if not line.is_empty:
            yield line


def _heading_message(fault: SheetFault, title: str) -> str:
    if fault is SheetFault.TWICE:
        return _("“%s”这一列出现了两次，请只留一列。") % title
    return _("第一行缺少“%s”这一列，请用本页的模板。") % title
