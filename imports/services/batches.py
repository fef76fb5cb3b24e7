"""Lines of an import and their reports, some in one transaction.

A line and its report are written together or not at all. A batch that cannot be written is taken again line by
line, so that one line costs the others nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.batch_cache import BatchCache
from core.remembered import steady
from core.transactions import retried
from disputes.errors import InvalidInput
from disputes.services import intake
from disputes.services.registration import Checked, checked
from imports.models import ImportRow, LedgerImport
from imports.rules.answers import Answers, Twin
from imports.rules.cells import Ways, with_unit
from imports.rules.sheet import Line
from imports.services.lines import Messages, Names, RefusedLine, facts_of, messages_of
from imports.services.twins import Past, past_of
from jurisdictions.models import Organization

log = structlog.get_logger(__name__)
State = ImportRow.State


@dataclass(frozen=True)
class ImportRun:
    """An import at work: who brings it in where and when, what its words mean, and what the person answered."""

    row: LedgerImport
    by: Actor
    now: datetime
    centre: Organization
    names: Names
    answers: Answers

    @property
    def ways(self) -> Ways:
        return self.answers.ways


@dataclass
class Batch:
    """Lines on their way into the ledger, what stands there already, and the reports of the others."""

    past: Past
    memo: BatchCache
    fine: list[tuple[Line, Checked]]
    reports: list[ImportRow]


def take(taking: ImportRun, lines: Sequence[Line]) -> None:
    """Registers what can be registered of these lines and reports on each of them."""
    try:
        _together(taking, lines)
    except (OperationalError, InterfaceError):
        raise  # the database is away: no line is to blame, and the import goes on later
    except Exception as error:
        log.warning("import_batch_failed", ledger_import=taking.row.pk, error=type(error).__name__)
        if len(lines) > 1:
            for line in lines:
                take(taking, [line])
        else:
            _report_alone(taking, lines[0], error)


@retried
@steady()  # the lines of a batch look once at the marks of what is remembered
def _together(taking: ImportRun, lines: Sequence[Line]) -> None:
    """One transaction."""
    batch = Batch(past_of(taking.centre, lines, taking.ways), BatchCache(), [], [])
    for line in lines:
        _sort(taking, line, batch)
    with transaction.atomic():  # inside a caller's transaction a savepoint: the lines go one by one after it
        fine = [one for _line, one in batch.fine]
        disputes = intake.register_imported(batch=fine, memo=batch.memo)
        for (line, _one), dispute in zip(batch.fine, disputes, strict=True):
            batch.reports.append(_report(taking, line, State.REGISTERED, dispute=dispute))
        ImportRow.objects.bulk_create(batch.reports)


def _sort(taking: ImportRun, line: Line, batch: Batch) -> None:
    """Into the ledger, or a report why not."""
    past, ways = batch.past, taking.ways
    if past.has(line, ways):
        known = past.keys[line.key(ways)]
        batch.reports.append(_report(taking, line, State.KNOWN, dispute_id=known))
        return
    found = _checked(taking, line, batch.memo)
    if not isinstance(found, Checked):
        batch.reports.append(_refused(taking, line, found))
    elif not past.has_twin(line, ways) or taking.answers.of_twin(line.place) == Twin.BOTH:
        batch.fine.append((line, found))
        past.note(line, ways)
    else:
        batch.reports.append(_twin(taking, line, past.numbers[line.number_key(ways)]))


def _twin(taking: ImportRun, line: Line, other: int | None) -> ImportRow:
    """The number is known, the content is new, and the person does not call it another case."""
    said = taking.answers.of_twin(line.place)
    if said == Twin.SAME:
        return _report(taking, line, State.KNOWN, dispute_id=other)
    why = (
        _("与已登记的一件编号相同、内容不同，按您的选择没有登记。")
        if said == Twin.SKIP
        else _("与已登记的一件编号相同、内容不同。请重新上传这一行，并选择是不是同一件。")
    )
    return _refused(taking, line, [(_("原编号"), why)])


def _checked(taking: ImportRun, line: Line, memo: BatchCache) -> Checked | Messages:
    """The line as it would be registered, or why it is refused."""
    try:
        facts = facts_of(line, taking.names, taking.ways)
        return checked(facts=facts, by=taking.by, now=taking.now, memo=memo)
    except RefusedLine as refused:
        return refused.messages
    except InvalidInput as error:
        return messages_of(error, line)


def _report_alone(taking: ImportRun, line: Line, error: Exception) -> None:
    """A line nobody foresaw trouble with, or one that another import brought in meanwhile."""
    if isinstance(error, IntegrityError) and "imported_once" in str(error):
        past = past_of(taking.centre, [line], taking.ways)
        report = _report(taking, line, State.KNOWN, dispute_id=past.keys.get(line.key(taking.ways)))
    else:
        log.error("import_line_failed", ledger_import=taking.row.pk, line=line.place, exc_info=error)
        said = _("登记这一行时出现意外问题，其他行不受影响。请把这次导入和行号告诉管理员。")
        report = _refused(taking, line, [(_("整行"), said)])
    report.save(force_insert=True)


def _refused(taking: ImportRun, line: Line, messages: Messages) -> ImportRow:
    unit = line.unit or taking.ways.unit
    kept = dict(line.cells) | {"amount": with_unit(line.cells.get("amount", ""), unit)}
    cells = json.dumps(kept, ensure_ascii=False)
    return _report(taking, line, State.REFUSED, messages=messages, cells=cells)


def _report(taking: ImportRun, line: Line, state: str, **more: object) -> ImportRow:
    ways = taking.ways
    return ImportRow(
        ledger_import=taking.row,
        sheet=line.sheet,
        line=line.number,
        state=state,
        centre=taking.centre,
        key=line.key(ways),
        number_key=line.number_key(ways),
        old_number=line.old_number[:60],
        **more,
    )
