"""Bringing in a ledger kept elsewhere: the file is read and checked, a person confirms, then its lines are registered.

Each line is a registration of its own, with number, chain, deadline and events. Some lines and their reports are
one transaction, so a killed worker leaves nothing twice and nothing out: the next one goes on where it stopped.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import actors
from accounts.permissions import Permission
from accounts.rights import may, require
from audit import services as audit
from audit.choices import Action
from core import runs
from core.actor import Actor
from core.batches import chunks, collected_seldom
from disputes.errors import InvalidInput, NotFound, WrongState
from disputes.services import blobs
from disputes.services.intake_checks import receiving_centre
from disputes.services.uploads import Upload
from imports.models import ImportRow, LedgerImport
from imports.rules.answers import Answers, answers_of
from imports.rules.sheets.told import FileFault
from imports.services import batches, checking, sheet_file
from imports.services.batches import ImportRun
from imports.services.lines import names_for
from imports.wording import OPEN_QUESTIONS, file_fault
from notifications.services import notify

State = LedgerImport.State
AT_ONCE = 20  # lines in one transaction, then a sign of life; the book's counter is held as long
QUIET_AFTER = timedelta(minutes=2)
CELLS_KEPT = timedelta(days=30)
CHECKED_WITHIN = timedelta(days=7)  # else what was uploaded is put away


def take_in(*, upload: Upload, by: Actor, now: datetime) -> LedgerImport:
    """Reads the file and keeps what it says for the check. Raises InvalidInput at `file`; nothing is registered yet."""
    require(by, Permission.BULK)
    receiving_centre(by)
    packed = sheet_file.taken_apart(upload)  # before any transaction: it may take its time
    book = sheet_file.opened(packed)
    if next(book.lines(Answers(sheets=tuple(book.usable()))), None) is None:
        raise InvalidInput({"file": [file_fault(FileFault.EMPTY)]})
    with transaction.atomic():
        return LedgerImport.objects.create(
            appointment=by.acting,
            uploaded_by=by.user,
            uploaded_at=now,
            file_name=sheet_file.file_name(upload),
            sha256=blobs.write(packed),
            sheet_names=[head.name for head in book.heads],
        )


def checked(*, import_id: int, by: Actor, now: datetime) -> tuple[LedgerImport, checking.Check]:
    """What would happen to every line under the answers so far. Raises NotFound, WrongState once it is confirmed."""
    row = own(import_id, by)
    if not row.is_checking:
        raise WrongState(_("这次导入已经确认或停止，请看逐行结果。"))
    book = sheet_file.opened(blobs.read(row.sha256))
    return row, checking.look(book, answers=answers_of(row.answers), by=by, now=now)


def answer(*, import_id: int, answers: Answers, by: Actor) -> None:
    """Keeps the answers, so that the check can be looked at again under them."""
    row = own(import_id, by)
    LedgerImport.objects.filter(pk=row.pk, state=State.CHECKING).update(answers=answers.as_data())


@transaction.atomic
def confirm(*, import_id: int, by: Actor, now: datetime) -> LedgerImport:
    """The person has seen what will happen: the lines wait for a worker. The caller sends the message after commit.

    Raises NotFound, WrongState, InvalidInput at the question that still needs an answer.
    """
    LedgerImport.objects.select_for_update().filter(pk=import_id).first()
    row, check = checked(import_id=import_id, by=by, now=now)
    if left := check.open_questions():
        raise InvalidInput({name: [OPEN_QUESTIONS[name]] for name in left})
    if not check.total:
        raise InvalidInput({"__all__": [_("表里没有可以导入的行，请按模板填写后再上传。")]})
    row.state, row.total, row.confirmed_at = State.WAITING, check.total, now
    row.notes = [[kind, facts] for kind, facts in checking.notes_of(check)]
    row.save(update_fields=["state", "total", "confirmed_at", "notes"])
    audit.record(
        action=Action.IMPORTED,
        by=by,
        now=now,
        target_type="import",
        target_id=row.pk,
        details={"rows": check.total},
    )
    return row


def run(*, import_id: int, now: datetime) -> None:
    """Registers what has no report yet. Safe to call twice: only who turns the row to running works on it.

    While the database is away the row stays as it is, and a later sweep takes it up.
    """
    claimed = LedgerImport.objects.filter(pk=import_id, state=State.WAITING).update(
        state=State.RUNNING, alive_at=now
    )
    if not claimed:
        return
    row = LedgerImport.objects.select_related("uploaded_by", "appointment").get(pk=import_id)
    try:
        with translation.override(settings.LANGUAGE_CODE), collected_seldom():
            _work(row, now)
            _tell(row, now)
    except (OperationalError, InterfaceError):
        raise
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
        lost=Q(confirmed_at__lt=now - QUIET_AFTER) | Q(confirmed_at=None),
    )


def forget_cells(*, now: datetime) -> int:
    """Refused lines hold names and numbers of people: they are kept a month, to be mended.

    A file that nobody confirmed within a week is put away as well.
    """
    unconfirmed = LedgerImport.objects.filter(state=State.CHECKING, uploaded_at__lt=now - CHECKED_WITHIN)
    unconfirmed.update(state=State.STOPPED, finished_at=now)
    old = ImportRow.objects.filter(ledger_import__finished_at__lt=now - CELLS_KEPT).exclude(cells="")
    return old.update(cells="")


@transaction.atomic
def stop(*, import_id: int, by: Actor, now: datetime) -> None:
    """Ends an import that is checked or under way; what is registered stays registered."""
    row = own(import_id, by)
    going_on = LedgerImport.objects.filter(
        pk=row.pk, state__in=(State.CHECKING, State.WAITING, State.RUNNING)
    )
    if not going_on.update(state=State.STOPPED, finished_at=now):
        raise WrongState(_("这次导入已经结束。"))


def own(import_id: int, by: Actor) -> LedgerImport:
    """An import of one's own unit; another's is not there."""
    require(by, Permission.BULK)
    rows = LedgerImport.objects.select_related("uploaded_by")
    row = rows.filter(pk=import_id, appointment__post__organization=by.organization).first()
    if row is None:
        raise NotFound(_("没有找到这次导入。"))
    return row


def _work(row: LedgerImport, now: datetime) -> None:
    by, answers = _actor_of(row, now), answers_of(row.answers)
    reported = set(row.rows.values_list("sheet", "line"))
    taking = ImportRun(row, by, now, receiving_centre(by), names_for(by), answers)
    book = sheet_file.opened(blobs.read(row.sha256))
    lines = enumerate(book.lines(answers), start=1)
    waiting = ((done, line) for done, line in lines if line.place not in reported)
    for batch in chunks(waiting, AT_ONCE):
        batches.take(taking, [line for _done, line in batch])
        if not _still_wanted(row, batch[-1][0]):
            return
    LedgerImport.objects.filter(pk=row.pk).update(done=row.total)


def _tell(row: LedgerImport, now: datetime) -> None:
    """One notice to who confirmed it, and to nobody else, however many lines there were."""
    counts = dict(row.rows.values_list("state").annotate(n=Count("pk")))
    said = {"done": counts.get(ImportRow.State.REGISTERED, 0), "not": counts.get(ImportRow.State.REFUSED, 0)}
    notify(
        recipients=[row.uploaded_by_id],
        kind="import_done",
        title=_("台账导入结束：登记 %(done)d 件，未登记 %(not)d 行") % said,
        url=reverse("imports:report", args=[row.pk]),
        dedupe_key=f"import:{row.pk}:done",
        now=now,
    )


def _still_wanted(row: LedgerImport, done: int) -> bool:
    """Writes down how far it is; False once somebody stopped it."""
    fresh = LedgerImport.objects.filter(pk=row.pk, state=State.RUNNING)
    return bool(fresh.update(done=done, alive_at=_database_clock()))


def _database_clock() -> datetime:
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
