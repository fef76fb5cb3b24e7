"""The clocks of a dispute, on top of calendars: which open, which are met, and the one that is due next."""

from datetime import date, datetime

from django.db.models import Min

from calendars.models import Deadline
from calendars.services import deadlines
from core.actor import Actor
from core.clock import end_of_day
from disputes.choices import DeadlineKind
from disputes.models import Dispute

SUBJECT = "dispute"


def start(
    dispute: Dispute, kind: DeadlineKind, *, by: Actor, now: datetime, due_on: date | None = None, since: datetime | None = None
) -> Deadline:
    """Opens a clock by its dated rule for the dispute's category and source, or up to a given day."""
    return deadlines.open_deadline(
        subject_type=SUBJECT,
        subject_id=dispute.pk,
        kind=kind,
        rule_key=RULE_KEYS.get(kind, str(kind)),
        category=dispute.category.code,
        source_kind=dispute.source,
        start=since or now,
        due_at=end_of_day(due_on) if due_on else None,
        by=by,
        now=now,
    )


RULE_KEYS: dict[str, str] = {
    DeadlineKind.DISPATCH: "dispatch",
    DeadlineKind.RESOLVE: "result",
    DeadlineKind.REPORT_ACCEPT: "report_up_accept",
}


def running(dispute: Dispute, kind: DeadlineKind) -> Deadline | None:
    """The dispute's open clock of that kind, locked."""
    return (
        Deadline.objects.select_for_update()
        .filter(subject_type=SUBJECT, subject_id=dispute.pk, kind=kind, met_at=None, cancelled_at=None)
        .first()
    )


def meet(dispute: Dispute, *kinds: DeadlineKind, by: Actor, now: datetime) -> None:
    for kind in kinds:
        clock = running(dispute, kind)
        if clock is not None:
            deadlines.meet(deadline_id=clock.pk, by=by, now=now)


def cancel(dispute: Dispute, *kinds: DeadlineKind, by: Actor, now: datetime) -> None:
    """Cancels the named clocks, all of them when none is named. What was missed stays missed."""
    for kind in kinds or tuple(DeadlineKind):
        clock = running(dispute, kind)
        if clock is not None:
            deadlines.cancel(deadline_id=clock.pk, by=by, now=now)


def restart(dispute: Dispute, kind: DeadlineKind, *, by: Actor, now: datetime, due_on: date | None = None) -> Deadline:
    cancel(dispute, kind, by=by, now=now)
    return start(dispute, kind, by=by, now=now, due_on=due_on)


def note_next_due(dispute: Dispute) -> None:
    """Sets `next_due_at` and `resolve_by` on the object from its open clocks; the caller saves it."""
    open_clocks = Deadline.objects.filter(
        subject_type=SUBJECT, subject_id=dispute.pk, met_at=None, cancelled_at=None
    )
    dispute.next_due_at = open_clocks.filter(paused=False).aggregate(soonest=Min("due_at"))["soonest"]
    resolve = open_clocks.filter(kind=DeadlineKind.RESOLVE).first()
    if resolve is not None:
        dispute.resolve_by = resolve.due_at
