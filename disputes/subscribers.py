"""Events of lower apps → one service of this app, in the same transaction."""

from collections.abc import Collection
from typing import Any

from accounts import events as account_events
from accounts import open_work, stand_ins
from calendars import events as calendar_events
from calendars import subjects
from calendars.events import DeadlineFact
from disputes.choices import SUBJECT
from disputes.conflicts import concerns_open_matter
from disputes.models import Dispute
from disputes.notices_in_sight import beside, hidden, out_of_sight
from disputes.services import handover, overdue, overdue_notices, sight
from disputes.services.due_dates import note_moved
from notifications import sight as notice_sight
from notifications import subjects as notice_subjects


def connect() -> None:
    notice_sight.register_guard(SUBJECT, sight.who_may_open)
    stand_ins.register(concerns_open_matter)
    notice_sight.register_hides(hidden)
    notice_sight.register_shut(out_of_sight)
    notice_subjects.register(SUBJECT, beside)
    subjects.register(SUBJECT, lock_disputes)
    calendar_events.deadlines_missed.connect(on_missed, dispatch_uid="disputes.missed")
    calendar_events.deadlines_due_soon.connect(on_due_soon, dispatch_uid="disputes.due_soon")
    calendar_events.deadlines_moved.connect(on_moved, dispatch_uid="disputes.moved")
    account_events.appointment_ended.connect(on_appointment_ended, dispatch_uid="disputes.left")
    open_work.register(handover.open_work)


def lock_disputes(ids: Collection[int]) -> set[int]:
    """Locks those nobody holds, ascending by id."""
    rows = Dispute.objects.filter(pk__in=ids).order_by("pk").select_for_update(skip_locked=True)
    return set(rows.values_list("pk", flat=True))


def on_missed(event: calendar_events.DeadlinesMissed, **kwargs: Any) -> None:
    mine = _mine(event.deadlines)
    if mine:
        overdue.record_missed(mine, by=event.by, now=event.now)


def on_due_soon(event: calendar_events.DeadlinesDueSoon, **kwargs: Any) -> None:
    mine = _mine(event.deadlines)
    rows = Dispute.objects.select_related("category", "responsible_person").in_bulk(
        {f.subject_id for f in mine}
    )
    pairs = [(rows[fact.subject_id], fact) for fact in mine if fact.subject_id in rows]
    overdue_notices.tell_due_soon(pairs, now=event.now)


def on_moved(event: calendar_events.DeadlinesMoved, **kwargs: Any) -> None:
    note_moved({fact.subject_id for fact in _mine(event.deadlines)})


def on_appointment_ended(event: account_events.AppointmentEnded, **kwargs: Any) -> None:
    handover.hand_over(event)


def _mine(facts: tuple[DeadlineFact, ...]) -> list[DeadlineFact]:
    return [fact for fact in facts if fact.subject_type == SUBJECT]
