"""The clocks of a dispute, on top of calendars: which open, which are met, and the one that is due next."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from calendars.models import Deadline
from calendars.services import deadlines, succession
from calendars.services.opening import Opening
from core.actor import Actor
from core.clock import shanghai_date, start_of_day
from core.written_once import written_once
from disputes.choices import SUBJECT, DeadlineKind, Source
from disputes.models import Dispute, Origin
from disputes.rules import lifecycle
from disputes.selectors.clocks import end_of_limit, latest, running

A_SECOND = timedelta(seconds=1)  # after the last one of a day
URGENT_KEYS: dict[str, str] = {
    DeadlineKind.ACCEPT: "accept_urgent",
    DeadlineKind.DISPATCH: "dispatch_urgent",
    DeadlineKind.SIGN_FOR: "sign_for_urgent",
    DeadlineKind.REPORT_ACCEPT: "report_up_accept_urgent",
}
RULE_KEYS: dict[str, str] = {
    DeadlineKind.RESOLVE: "result",
    DeadlineKind.REPORT_ACCEPT: "report_up_accept",
    DeadlineKind.COUNTY_REVIEW: "review",
}
# a town's own clocks: of what was handed down to it none ends after the county's date
BOUNDED: frozenset[str] = frozenset(
    {
        *(DeadlineKind.ACCEPT, DeadlineKind.DISPATCH, DeadlineKind.SIGN_FOR, DeadlineKind.RESOLVE),
        *(DeadlineKind.REVIEW, DeadlineKind.RETURN_CONSENT, DeadlineKind.EXTENSION_DECISION),
    }
)


def start(
    dispute: Dispute,
    kind: DeadlineKind,
    *,
    now: datetime,
    due_at: date | datetime | None = None,
    since: datetime | None = None,
    latest_at: datetime | None = None,
    rule_key: str = "",
    why: str = "",
) -> Deadline:
    """Opens a clock by its dated rule for the dispute's category, source and urgency, or up to a day or moment.

    `rule_key` names another rule than the kind's own, `why` what it is counted from.
    """
    wanted = opening(
        dispute,
        kind,
        now,
        due_at=due_at,
        since=since,
        latest_at=latest_at,
        rule_key=rule_key,
        why=why,
    )
    return deadlines.open_many([wanted], now=now)[0]


def start_all(openings: Sequence[Opening], *, now: datetime) -> list[Deadline]:
    """Several clocks at once, each as `opening` says it; in that order."""
    return deadlines.open_many(openings, now=now)


def start_first(starts: Sequence[tuple[Dispute, datetime]], beside: Sequence[Opening] = ()) -> None:
    """The clock every registration starts, for a batch, and others `beside` them; sets what is due next on the
    objects, the caller saves.

    An old ledger brought in hurries nobody: what was danger then has ordinary clocks now.
    """
    openings = [
        opening(
            dispute, DeadlineKind.ACCEPT, now, urgent=is_urgent(dispute) and dispute.source != Source.IMPORT
        )
        for dispute, now in starts
    ]
    disputes = {dispute.pk: dispute for dispute, _now in starts}
    for clock in deadlines.open_first([*openings, *beside], now=starts[-1][1]):
        dispute, due = disputes[clock.subject_id], clock.due_at.astimezone(UTC)
        dispute.next_due_at = min(dispute.next_due_at or due, due)


def is_urgent(dispute: Dispute) -> bool:
    return lifecycle.is_urgent(dispute.warning_level, danger=dispute.danger)


def opening(
    dispute: Dispute,
    kind: DeadlineKind,
    now: datetime,
    *,
    due_at: date | datetime | None = None,
    since: datetime | None = None,
    urgent: bool | None = None,
    rule_key: str = "",
    why: str = "",
    latest_at: datetime | None = None,
) -> Opening:
    """What a clock of that kind opens with; by the urgent rule where there is one and the dispute is urgent.

    Of what was handed down it ends by the county's date at the latest, a limit for settling even where that is past.
    """
    begins, county = since or now, dispute.county_due_at
    if county is not None and kind == DeadlineKind.RESOLVE and begins >= county:
        begins = due_at = county
    latest_at = _latest(dispute, kind, begins) or latest_at
    hurried = due_at is None and kind in URGENT_KEYS and (is_urgent(dispute) if urgent is None else urgent)
    return Opening(
        subject_type=SUBJECT,
        subject_id=dispute.pk,
        kind=str(kind),
        rule_key=URGENT_KEYS[kind] if hurried else rule_key or RULE_KEYS.get(kind, str(kind)),
        category=dispute.category.code,
        source_kind=dispute.source,
        start=begins,
        due_at=due_at,
        latest_at=latest_at,
        opened_at=now,
        why="urgent" if hurried else why,
    )


def _latest(dispute: Dispute, kind: str, begins: datetime) -> datetime | None:
    """The county's date, where it bounds a clock that begins then: nothing ends before it has begun."""
    county = dispute.county_due_at
    return county if county is not None and kind in BOUNDED and begins <= county else None


def bound_running(dispute: Dispute) -> None:
    """The county's date has moved: the running clocks of the town go by it."""
    rows = Deadline.objects.of(SUBJECT, dispute.pk).unmet().filter(kind__in=BOUNDED).order_by("pk")
    for clock in rows:
        latest = _latest(dispute, clock.kind, clock.starts_at)
        if latest is not None:
            deadlines.bound(deadline_id=clock.pk, latest_at=latest)


def restart(
    dispute: Dispute,
    kind: DeadlineKind,
    *,
    by: Actor,
    now: datetime,
    due_at: date | datetime | None = None,
    since: datetime | None = None,
    rule_key: str = "",
    why: str = "",
) -> Deadline:
    """Cancels the running clock of that kind, if any, and opens a new one. What was missed stays missed."""
    cancel(dispute, kind, by=by, now=now)
    return start(dispute, kind, now=now, due_at=due_at, since=since, rule_key=rule_key, why=why)


def meet(dispute: Dispute, *kinds: DeadlineKind, by: Actor, now: datetime) -> None:
    deadlines.meet_all(subject_type=SUBJECT, subject_id=dispute.pk, kinds=kinds, by=by, now=now)


def cancel(dispute: Dispute, *kinds: DeadlineKind, by: Actor, now: datetime) -> None:
    """Cancels the named clocks, all of them when none is named. What was missed stays missed."""
    deadlines.cancel_all(subject_type=SUBJECT, subject_id=dispute.pk, kinds=kinds, by=by, now=now)


def end_all(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """The dispute is over: cancels its clocks, but not that of a sender who still waits for an answer."""
    kept = {DeadlineKind.ORIGIN} if owes_answer(dispute) else set()
    cancel(dispute, *(set(DeadlineKind) - kept if kept else ()), by=by, now=now)


def meet_sender(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """A result meets the sender's date too, unless they want an answer: then the answer does."""
    if not owes_answer(dispute):
        meet(dispute, DeadlineKind.ORIGIN, by=by, now=now)


def owes_answer(dispute: Dispute) -> bool:
    """Whether who sent it wants a written answer and has none yet."""
    return Origin.objects.filter(dispute=dispute, answer_wanted=True, answered_on=None).exists()


def pause(clock: Deadline, *, route: str, reason: str, until: date, by: Actor, now: datetime) -> Deadline:
    """Rests the clock while a lawful route runs; on the day `until` it runs again. A row names both."""
    return deadlines.pause(
        deadline_id=clock.pk, expected_end=until, reason=reason[:500], route=route, by=by, now=now
    )


def resume(clock: Deadline, *, by: Actor, now: datetime) -> None:
    """Ends the pause, if it has not lapsed by itself."""
    if clock.paused:
        deadlines.resume(deadline_id=clock.pk, by=by, now=now)


def end_rest(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """Ends the pause of the resolve clock, where one still runs."""
    clock = running(dispute, DeadlineKind.RESOLVE)
    if clock is not None:
        resume(clock, by=by, now=now)


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


def reopen_after_rejection(dispute: Dispute, *, by: Actor, now: datetime) -> Deadline | None:
    """A rejected result does not restart the clock: it runs on from its start, with its pauses and extensions.

    What the reviewer took beyond the limit of the review is given back to the unit, and so is the time a lawful route
    ran elsewhere between a first result and this one (ADR 20). The county's date runs on first: it bounds this one.
    """
    before = latest(dispute, DeadlineKind.RESOLVE)
    if before is None or before.met_at is None:
        return None
    _county_runs_on(dispute, by=by, now=now)
    late = [*_late(dispute, DeadlineKind.REVIEW, now), *_late(dispute, DeadlineKind.COUNTY_REVIEW, now)]
    return _open_again(dispute, before, [*_elsewhere(dispute, before.met_at), *late], by=by, now=now)


def _county_runs_on(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """What a town reported to the county proves not done. Only the county's own delay moves its date."""
    before = latest(dispute, DeadlineKind.COUNTY) if dispute.county_due_at is not None else None
    if before is None or before.met_at is None:
        return
    rests = [*_elsewhere(dispute, before.met_at), *_late(dispute, DeadlineKind.COUNTY_REVIEW, now)]
    dispute.county_due_at = _open_again(dispute, before, rests, by=by, now=now).due_at


def _open_again(
    dispute: Dispute, before: Deadline, rests: Sequence[succession.Rest], *, by: Actor, now: datetime
) -> Deadline:
    own = None if before.kind in BOUNDED else before.latest_at
    latest_at = _latest(dispute, before.kind, before.starts_at) or own
    return succession.open_again(deadline_id=before.pk, rests=rests, latest_at=latest_at, by=by, now=now)


def _elsewhere(dispute: Dispute, met_at: datetime) -> list[succession.Rest]:
    """已导入其他途径: the clock was met by the result that led there."""
    if dispute.submitted_at is None or dispute.submitted_at <= met_at:
        return []
    return [succession.Rest(met_at, dispute.submitted_at, "lawful_route")]


def _late(dispute: Dispute, kind: DeadlineKind, now: datetime) -> list[succession.Rest]:
    """From the review's due date on, until it was done: that day itself, or hour, was still the reviewer's."""
    review = latest(dispute, kind) if kind == DeadlineKind.REVIEW or dispute.county_due_at else None
    if review is None or dispute.submitted_at is None or review.opened_at < dispute.submitted_at:
        return []
    until = review.met_at or now
    return (
        [succession.Rest(review.due_at + A_SECOND, until, "review")]
        if until > review.due_at + A_SECOND
        else []
    )


def run_on(dispute: Dispute, kind: DeadlineKind, *, met_at: datetime, by: Actor, now: datetime) -> None:
    """A clock that was met then runs on as if it had not been: what met it has been taken back."""
    clock = latest(dispute, kind)
    if clock is not None and clock.met_at == met_at:
        _open_again(dispute, clock, (), by=by, now=now)


def start_decision(dispute: Dispute, clock: Deadline, *, now: datetime) -> None:
    """By when an extension must be decided: by the dated rule, never after the date it is to extend."""
    by_rule = end_of_limit(dispute, "extension_decision", since=now)
    due_at = clock.due_at if by_rule > clock.due_at else None
    start(dispute, DeadlineKind.EXTENSION_DECISION, now=now, due_at=due_at)


def start_revisit(dispute: Dispute, *, now: datetime) -> Deadline:
    """After settlement, or after the last performance where the agreement is still being performed."""
    until = dispute.performance_until
    since = start_of_day(until) if until and until > shanghai_date(now) else now
    return start(dispute, DeadlineKind.REVISIT, now=now, since=since)


def may_still_ask(dispute: Dispute, clock: Deadline, *, now: datetime) -> bool:
    """Whether an extension asked now leaves the dispatcher the working day the rule gives them."""
    return end_of_limit(dispute, "extension_request", since=now) <= clock.due_at


def note_next_due(dispute: Dispute) -> None:
    """Sets `next_due_at` and `resolve_by` on the object from its unmet clocks; the caller saves it."""
    unmet = _unmet_ends(dispute.pk)
    dispute.next_due_at = unmet[0][1] if unmet else None
    resolve = next((due for kind, due in unmet if kind == DeadlineKind.RESOLVE), None)
    if resolve is not None:
        dispute.resolve_by = resolve


@written_once
def _unmet_ends(dispute: Any) -> QuerySet[Deadline, tuple[str, datetime]]:
    rows = Deadline.objects.of(SUBJECT, dispute).unmet().order_by("due_at", "id")
    return rows.values_list("kind", "due_at")
