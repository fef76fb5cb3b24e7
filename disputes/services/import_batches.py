"""Lines of an import and their reports, some in one transaction.

A line and its report are written together or not at all. A batch that cannot be written is taken again line by
line, so that one line costs the others nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.memo import Memo
from core.transactions import retried
from disputes.errors import InvalidInput
from disputes.models import ImportRow, LedgerImport
from disputes.rules.import_sheet import Line
from disputes.services import intake
from disputes.services.entering import Checked, checked
from disputes.services.import_lines import Messages, Names, RefusedLine, facts_of, messages_of
from jurisdictions.models import Organization

log = structlog.get_logger(__name__)
State = ImportRow.State


@dataclass(frozen=True)
class Taking:
    """An import at work: who brings it in where and when, what its words mean, and the keys known already."""

    row: LedgerImport
    by: Actor
    now: datetime
    centre: Organization
    names: Names
    known: set[str]


def take(taking: Taking, lines: Sequence[Line]) -> None:
    """Registers what can be registered of these lines and reports on each of them."""
    try:
        taking.known.update(_together(taking, lines))
    except Exception as error:
        if len(lines) > 1:
            log.warning("import_batch_failed", ledger_import=taking.row.pk, error=type(error).__name__)
            for line in lines:
                take(taking, [line])
        elif isinstance(error, IntegrityError) and "imported_once" in str(error):
            _report(taking, lines[0], State.KNOWN).save(force_insert=True)
        else:
            raise


@retried
def _together(taking: Taking, lines: Sequence[Line]) -> set[str]:
    """One transaction; answers the keys that are known from now on."""
    memo, fine, reports, keys = Memo(), list[tuple[Line, Checked]](), list[ImportRow](), set[str]()
    for line in lines:
        if line.key in taking.known or line.key in keys:
            reports.append(_report(taking, line, State.KNOWN))
            continue
        found = _checked(taking, line, memo)
        if isinstance(found, Checked):
            fine.append((line, found))
            keys.add(line.key)
        else:
            cells = json.dumps(dict(line.cells), ensure_ascii=False)
            reports.append(_report(taking, line, State.REFUSED, messages=found, cells=cells))
    with transaction.atomic():  # inside a caller's transaction a savepoint: the lines go one by one after it
        disputes = intake.register_imported(batch=[one for _line, one in fine], memo=memo)
        for (line, _one), dispute in zip(fine, disputes, strict=True):
            reports.append(_report(taking, line, State.REGISTERED, dispute=dispute))
        ImportRow.objects.bulk_create(reports)
    return keys


def _checked(taking: Taking, line: Line, memo: Memo) -> Checked | Messages:
    """The line as it would be registered, or why it is refused."""
    try:
        return checked(facts=facts_of(line, taking.names), by=taking.by, now=taking.now, memo=memo)
    except RefusedLine as refused:
        return refused.messages
    except InvalidInput as error:
        return messages_of(error)


def _report(taking: Taking, line: Line, state: str, **more: object) -> ImportRow:
    return ImportRow(
        ledger_import=taking.row, line=line.number, state=state, centre=taking.centre, key=line.key, **more
    )
