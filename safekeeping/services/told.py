"""Changes of judged rows that no step of the dispute made and that are right all the same.

Time and the calendar move due dates and end pauses: then what stands there must be what the rows give. Who left
a post loses what it had opened to them: then the appointment's own row changed in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

from audit import comparing
from audit.comparing import Problem, RowFault
from calendars.models import Deadline, DeadlineAdjustment
from calendars.services import workdays
from calendars.services.computing import compute
from disputes.models import Dispute
from disputes.services import clocks

MOVED_BY_TIME = {
    "calendars_deadline": {"due_at", "soon_at", "is_provisional", "paused"},
    "calendars_deadlineadjustment": {"until"},
    "disputes_dispute": {"next_due_at", "resolve_by", "suspended"},
}
LEAVING = {"disputes_accessgrant": {"ends_at"}, "disputes_dispute": {"access_keys"}}
LEFT = ("accounts_appointment",)


def without_explained(faults: Iterable[RowFault]) -> list[RowFault]:
    """The faults that remain."""
    rows = list(faults)
    asked = {fault.xact for fault in rows if _within(fault, LEAVING)}
    leaving = comparing.with_standing_changes(asked, *LEFT) if asked else set()
    return [
        fault
        for fault in rows
        if not (_within(fault, LEAVING) and fault.xact in leaving)
        and not (_within(fault, MOVED_BY_TIME) and _is_what_the_rows_give(fault))
    ]


def _within(fault: RowFault, allowed: dict[str, set[str]]) -> bool:
    columns = set(fault.columns)
    return fault.problem == Problem.UNTOLD and bool(columns) and columns <= allowed.get(fault.kind, set())


def _is_what_the_rows_give(fault: RowFault) -> bool:
    if fault.kind == "calendars_deadline":
        return _computes(Deadline.objects.filter(pk=fault.row_id).first())
    if fault.kind == "calendars_deadlineadjustment":
        row = DeadlineAdjustment.objects.filter(pk=fault.row_id).first()
        return row is not None and row.until == row.expected_end
    return _follows_its_clocks(Dispute.objects.filter(pk=fault.row_id).first())


def _computes(row: Deadline | None) -> bool:
    if row is None:
        return False
    was = (row.due_at, row.soon_at, row.is_provisional)
    compute(row, row.adjustments.all(), workdays.known())
    running = row.adjustments.filter(kind="pause", until=None).exists()
    return was == (row.due_at, row.soon_at, row.is_provisional) and row.paused == (running and row.is_unmet)


def _follows_its_clocks(dispute: Dispute | None) -> bool:
    if dispute is None:
        return False
    was = (dispute.next_due_at, dispute.resolve_by, dispute.suspended)
    resolve = clocks.running(dispute, clocks.DeadlineKind.RESOLVE)
    clocks.note_next_due(dispute)
    suspended = dispute.suspended and (resolve is None or resolve.paused)
    return was == (dispute.next_due_at, dispute.resolve_by, suspended)
