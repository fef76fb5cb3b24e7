"""The clocks of a dispute, on top of calendars: which open, which are met, and the one that is due next."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from calendars.models import Deadline
from calendars.rules import arithmetic
from calendars.services import deadlines, rules, workdays
from calendars.services.opening import Opening
from core.actor import Actor
from core.clock import end_of_day, shanghai_date, start_of_day
from disputes.choices import DeadlineKind
from disputes.models import Dispute

SUBJECT = "dispute"
RULE_KEYS: dict[str, str] = {
    DeadlineKind.RESOLVE: "result",
    DeadlineKind.REPORT_ACCEPT: "report_up_accept",
}


def start(
    dispute: Dispute,
    kind: DeadlineKind,
    *,
    by: Actor,
    now: datetime,
    due_at: date | datetime | None = None,
    since: datetime | None = None,
) -> Deadline:
    """Opens a clock by its dated rule for the dispute's category and source, or up to a given day or moment."""
    return deadlines.open_many([_opening(dispute, kind, now, due_at, since)], now=now)[0]


def start_first(starts: Sequence[tuple[Dispute, datetime]]) -> None:
    """The clock every registration starts, for a batch; sets what is due next on the objects, the caller saves."""
    openings = [_opening(dispute, DeadlineKind.ACCEPT, now) for dispute, now in starts]
    opened = deadlines.open_many(openings, now=starts[-1][1])
    for (dispute, _now), clock in zip(starts, opened, strict=True):
        dispute.next_due_at = clock.due_at.astimezone(UTC)


def _opening(
    dispute: Dispute,
    kind: DeadlineKind,
    now: datetime,
    due_at: date | datetime | None = None,
    since: datetime | None = None,
) -> Opening:
    return Opening(
        subject_type=SUBJECT,
        subject_id=dispute.pk,
        kind=str(kind),
        rule_key=RULE_KEYS.get(kind, str(kind)),
        category=dispute.category.code,
        source_kind=dispute.source,
        start=since or now,
        due_at=due_at,
        opened_at=now,
    )


def restart(
    dispute: Dispute, kind: DeadlineKind, *, by: Actor, now: datetime, due_at: date | datetime | None = None
) -> Deadline:
    """Cancels the running clock of that kind, if any, and opens a new one. What was missed stays missed."""
    cancel(dispute, kind, by=by, now=now)
    return start(dispute, kind, by=by, now=now, due_at=due_at)


def running(dispute: Dispute, kind: DeadlineKind) -> Deadline | None:
    """The dispute's unmet clock of that kind."""
    return Deadline.objects.of(SUBJECT, dispute.pk).unmet().filter(kind=kind).first()


def latest(dispute: Dispute, kind: DeadlineKind) -> Deadline | None:
    """The clock of that kind opened last, met or not."""
    return Deadline.objects.of(SUBJECT, dispute.pk).filter(kind=kind).order_by("-id").first()


def meet(dispute: Dispute, *kinds: DeadlineKind, by: Actor, now: datetime) -> None:
    deadlines.meet_all(subject_type=SUBJECT, subject_id=dispute.pk, kinds=kinds, by=by, now=now)


def cancel(dispute: Dispute, *kinds: DeadlineKind, by: Actor, now: datetime) -> None:
    """Cancels the named clocks, all of them when none is named. What was missed stays missed."""
    deadlines.cancel_all(subject_type=SUBJECT, subject_id=dispute.pk, kinds=kinds, by=by, now=now)


def pause(clock: Deadline, *, route: str, reason: str, until: date, by: Actor, now: datetime) -> Deadline:
    """Rests the clock while a lawful route runs, up to the end of that day; a row names both."""
    return deadlines.pause(
        deadline_id=clock.pk, expected_end=end_of_day(until), reason=reason[:500], route=route, by=by, now=now
    )


def resume(clock: Deadline, *, by: Actor, now: datetime) -> None:
    """Ends the pause, if it has not lapsed by itself."""
    if clock.paused:
        deadlines.resume(deadline_id=clock.pk, by=by, now=now)


def give_back(clock: Deadline, *, since: datetime, by: Actor, now: datetime) -> None:
    """A return that was granted gives the time it took back to whoever handles next."""
    if now - since > timedelta(minutes=1):
        deadlines.pause(
            deadline_id=clock.pk,
            since=since,
            until=now,
            expected_end=now,
            reason="",
            route="return",
            by=by,
            now=now,
        )


def extend(clock: Deadline, *, days: int, reason: str, by: Actor, now: datetime) -> Deadline:
    """More days; after a miss this opens a new due date, the miss stays."""
    return deadlines.extend(deadline_id=clock.pk, limit=days, reason=reason[:500], by=by, now=now)


def reopen_after_rejection(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """A rejected result does not restart the clock: the same due date runs again from the same start."""
    before = latest(dispute, DeadlineKind.RESOLVE)
    if before is not None and before.met_at is not None:
        start(dispute, DeadlineKind.RESOLVE, by=by, now=now, due_at=before.due_at, since=before.starts_at)


def start_revisit(dispute: Dispute, *, by: Actor, now: datetime) -> Deadline:
    """After settlement, or after the last performance where the agreement is still being performed."""
    until = dispute.performance_until
    since = start_of_day(until) if until and until > shanghai_date(now) else now
    return start(dispute, DeadlineKind.REVISIT, by=by, now=now, since=since)


def end_of_limit(dispute: Dispute, rule_key: str, *, since: datetime) -> datetime:
    """When a rule's limit from `since` ends, without opening a clock: by when a return may be asked for."""
    rule = rules.rule_for(
        key=rule_key, on=shanghai_date(since), category=dispute.category.code, source_kind=dispute.source
    )
    return arithmetic.due(since, rules.limit_of(rule), workdays.known().assuming_weekends()).at


def may_still_ask(dispute: Dispute, clock: Deadline, *, now: datetime) -> bool:
    """Whether an extension asked now leaves the dispatcher the working day the rule gives him."""
    return end_of_limit(dispute, "extension_request", since=now) <= clock.due_at


def note_next_due(dispute: Dispute) -> None:
    """Sets `next_due_at` and `resolve_by` on the object from its unmet clocks; the caller saves it."""
    rows = Deadline.objects.of(SUBJECT, dispute.pk).unmet().order_by("due_at", "id")
    unmet = list(rows.values_list("kind", "due_at"))
    dispute.next_due_at = unmet[0][1] if unmet else None
    resolve = next((due for kind, due in unmet if kind == DeadlineKind.RESOLVE), None)
    if resolve is not None:
        dispute.resolve_by = resolve
