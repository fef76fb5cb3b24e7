"""Ledger exports: asked for with a record, written in the background, fetched by who asked, gone after a week."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import actors
from accounts.models import Delegation
from accounts.permissions import Permission
from accounts.rights import may, require
from audit.choices import Action
from audit.services import record
from core import runs, sealed_files
from core.actor import Actor
from core.clock import shanghai_date
from disputes.errors import InvalidInput, NotFound, WrongState
from disputes.models import Dispute, ExportJob
from disputes.rules.spreadsheet import QUOTED, fit
from disputes.selectors import ledger, ledger_export, ledger_query
from disputes.selectors.filters import LedgerFilter

State = ExportJob.State
MOST_ROWS = 1_000_000
KEPT = timedelta(days=7)
LOST_AFTER = timedelta(minutes=2)  # a message that never came
STUCK_AFTER = timedelta(minutes=31)  # a worker that died; longer than any task may run
AT_WORK = ".at-work-"
WIDTHS = (6, 16, 60, 24, 12, 40, 40, 16)
_feet: list[Callable[[], str]] = []


def register_foot(foot: Callable[[], str]) -> None:
    """An upper app that has a line for every exported ledger says so when it is wired; empty for none today."""
    _feet.append(foot)


@transaction.atomic
def ask(*, query: str, by: Actor, now: datetime) -> ExportJob:
    """A row that a worker takes up; recorded in the access log. The caller sends the message after commit."""
    require(by, Permission.EXPORT)
    asked = ledger_query.asked_in(query)
    found = LedgerFilter(asked, Dispute.objects.listed_to(by), by=by, now=now)
    if not found.is_valid():
        raise InvalidInput({"__all__": [_("筛选条件有误，请返回台账重新筛选。")]})
    total = ledger.counted(found.qs, MOST_ROWS)
    if total.more:
        raise InvalidInput({"__all__": [_("超过一百万行，请缩小范围后再导出。")]})
    job = ExportJob.objects.create(
        user=by.user,
        appointment=by.acting,
        query=ledger_query.stored(asked),
        total=total.number,
        created_at=now,
    )
    details = {"query": ledger_query.lasting(asked), "rows": total.number}
    record(action=Action.EXPORTED, by=by, now=now, target_type="export", target_id=job.pk, details=details)
    return job


def write(*, job_id: int, now: datetime) -> None:
    """Writes the file. Safe to call twice: only who turns the row from waiting to running writes."""
    claimed = ExportJob.objects.filter(pk=job_id, state=State.WAITING).update(
        state=State.RUNNING, started_at=now
    )
    if not claimed:
        return
    job = ExportJob.objects.select_related("user", "appointment").get(pk=job_id)
    try:
        by = _actor_of(job, now)
        with translation.override(settings.LANGUAGE_CODE):
            name, rows = _write_file(job, by, now)
    except Exception as error:
        ExportJob.objects.filter(pk=job_id).update(
            state=State.FAILED, error=str(error)[:300], finished_at=now
        )
        raise
    ExportJob.objects.filter(pk=job_id).update(
        state=State.DONE, file_name=name, done=rows, total=rows, finished_at=now
    )


def take_up_lost(*, now: datetime) -> int:
    """Exports whose message was lost or whose worker died are written now."""
    return runs.take_up_lost(
        ExportJob.objects.all(),
        lambda job_id: write(job_id=job_id, now=now),
        stuck=Q(started_at__lt=now - STUCK_AFTER),
        lost=Q(created_at__lt=now - LOST_AFTER),
    )


def expire(*, now: datetime) -> int:
    """Removes files older than a week, whose rows stay and say so, and what a worker that died left half-written."""
    for left in folder().glob(f"{AT_WORK}*"):
        if left.stat().st_mtime < (now - STUCK_AFTER).timestamp():
            shutil.rmtree(left, ignore_errors=True)
    old = ExportJob.objects.filter(state=State.DONE, finished_at__lt=now - KEPT)
    for job in old:
        path_of(job).unlink(missing_ok=True)
    return old.update(state=State.EXPIRED)


@transaction.atomic
def fetch(*, job_id: int, by: Actor, now: datetime) -> Path:
    """The encrypted file, for who asked for it and still may export; the fetching is recorded too."""
    require(by, Permission.EXPORT)
    job = job_of(job_id, by)
    if job.state != State.DONE or not path_of(job).exists():
        raise WrongState(_("文件已过期或尚未生成，请重新导出。"))
    record(
        action=Action.EXPORTED,
        by=by,
        now=now,
        target_type="export",
        target_id=job.pk,
        details={"fetched": True, "rows": job.total},
    )
    return path_of(job)


def content(path: Path) -> Iterator[bytes]:
    """What a fetched file holds, deciphered while it is read. Raises WrongState when no key of today opens it."""
    opened = sealed_files.pieces(path)
    try:
        first = next(opened)
    except sealed_files.Damaged as error:
        raise WrongState(_("文件已过期或尚未生成，请重新导出。")) from error
    return chain((first,), opened)


def job_of(job_id: int, by: Actor) -> ExportJob:
    """One's own export; another's is not there."""
    job = ExportJob.objects.filter(pk=job_id, user=by.user).first()
    if job is None:
        raise NotFound(_("没有找到这次导出。"))
    return job


def path_of(job: ExportJob) -> Path:
    return folder() / (job.file_name or "none")


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "exports"


def _actor_of(job: ExportJob, now: datetime) -> Actor:
    """The asker as they are now: rights that ended meanwhile are gone from the file too."""
    key = f"a{job.appointment_id}"
    if job.appointment.user_id != job.user_id:
        stands_in = Delegation.objects.current(now).filter(stand_in=job.user, appointment=job.appointment)
        key = f"d{stands_in.values_list('pk', flat=True).first()}"
    by = actors.for_user(job.user, now, acting=key)
    if by is None or not may(by, Permission.EXPORT):
        raise WrongState(_("申请导出的岗位已经没有导出权限。"))
    return by


def _carry_foot(book: xlsxwriter.Workbook, sheet: Any) -> None:
    """What upper apps say of the ledger, at the foot of every printed page and in the properties of the file."""
    line = " ".join(said for said in (foot() for foot in _feet) if said)
    if line:
        sheet.set_footer(f"&L{line}")
        book.set_properties({"comments": line})


def _write_file(job: ExportJob, by: Actor, now: datetime) -> tuple[str, int]:
    """Name and number of rows. Written in a closed folder, kept encrypted, named when it is whole."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"ledger-{shanghai_date(now):%Y%m%d}-{job.pk}.xlsx"
    with tempfile.TemporaryDirectory(prefix=AT_WORK, dir=folder()) as room:
        plain = Path(room) / name
        written = _write_sheet(job, by, now, plain)
        sealed_files.seal(plain, folder() / name)
    return name, written


def _write_sheet(job: ExportJob, by: Actor, now: datetime, path: Path) -> int:
    asked = ledger_query.asked_in(job.query)
    rows = LedgerFilter(asked, Dispute.objects.listed_to(by), by=by, now=now).qs
    written = 0
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(path.parent),
    }
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet(_("矛盾纠纷台账"))
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"} | QUOTED)
        for column, (width, title) in enumerate(zip(WIDTHS, ledger_export.COLUMNS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, str(title), head)
        sheet.freeze_panes(1, 0)
        _carry_foot(book, sheet)
        for batch in ledger_export.batches(rows, sort=ledger_query.sort_in(asked), by=by):
            for texts in batch:
                written += 1
                sheet.write_number(written, 0, written, cell)
                for column, text in enumerate(texts, start=1):
                    sheet.write_string(written, column, fit(text), cell)
            ExportJob.objects.filter(pk=job.pk).update(done=written)
    return written
