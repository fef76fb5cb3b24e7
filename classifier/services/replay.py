"""What a draft would have proposed for what was told in the last 12 months, beside the policy in force.

Both read the same texts, the narrative as registered and every report of progress, so that a difference is the
policy's alone; a dispute counts by the gravest of its texts, as a level only rises. Nothing about it changes.
A run is a row; a worker claims it, a lost one is taken up by the periodic job.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from classifier.choices import PolicyState, ReplayState
from classifier.models import ReplayRow, ReplayRun, WarningPolicy
from classifier.rights import require_manage
from classifier.rules import Policy, Verdict, check
from classifier.rules.level_of_text import rank, taken_together, verdict_of
from classifier.selectors.policy import policy_in_force
from classifier.wording import fault_words
from core import runs
from core.actor import Actor
from core.errors import InvalidInput, NotFound, WrongState
from disputes.models import Dispute, EntryText, TrailEntry

LOOKED_BACK = timedelta(days=365)
BATCH = 200
LOST_AFTER, STUCK_AFTER = timedelta(minutes=2), timedelta(minutes=31)
REPORT = "report_progress"
COLUMNS = ("pk", "title", "narrative", "people_count")


@dataclass
class Counts:
    done: int = 0
    raised: int = 0
    lowered: int = 0
    marks_changed: int = 0


def ask(*, version: int, by: Actor, now: datetime) -> ReplayRun:
    """A run for the worker; while one of this draft is going on, it is answered instead. Raises InvalidInput."""
    by = require_manage(by)
    draft = WarningPolicy.objects.filter(version=version).first()
    if draft is None:
        raise NotFound(_("没有这个版本。"))
    if draft.state not in (PolicyState.DRAFT, PolicyState.PROPOSED):
        raise WrongState(_("只有草案可以回放。"))
    faults = check(draft.document)
    if faults:
        raise InvalidInput({"__all__": [fault_words(fault, draft.document) for fault in faults]})
    against, _policy = policy_in_force(now)
    try:
        with transaction.atomic():
            return ReplayRun.objects.create(
                policy=draft,
                against=against,
                revision=draft.revision,
                asked_by=by.appointment or by.acting,
                asked_at=now,
            )
    except IntegrityError:
        return draft.replays.filter(state__in=[ReplayState.WAITING, ReplayState.RUNNING]).get()


def run(*, run_id: int, now: datetime) -> None:
    """Reads and compares. Safe to call twice: only who claims the row runs."""
    waiting = ReplayRun.objects.filter(pk=run_id, state=ReplayState.WAITING)
    if not waiting.update(state=ReplayState.RUNNING, started_at=now):
        return
    row = ReplayRun.objects.select_related("policy", "against").get(pk=run_id)
    this = ReplayRun.objects.filter(pk=run_id)
    try:
        counts = _compare(row)
    except Exception as error:
        this.update(state=ReplayState.FAILED, error=type(error).__name__, finished_at=now)
        raise
    this.update(state=ReplayState.DONE, finished_at=now, **vars(counts))


def take_up_lost(*, now: datetime) -> int:
    """Runs whose message was lost or whose worker died start again from nothing."""
    return runs.take_up_lost(
        ReplayRun.objects.all(),
        lambda run_id: run(run_id=run_id, now=now),
        stuck=Q(started_at__lt=now - STUCK_AFTER),
        lost=Q(asked_at__lt=now - LOST_AFTER),
    )


def _compare(row: ReplayRun) -> Counts:
    present, draft = Policy.from_document(row.against.document), Policy.from_document(row.policy.document)
    row.rows.all().delete()
    disputes = _told_of(row.asked_at)
    ReplayRun.objects.filter(pk=row.pk).update(total=disputes.count(), done=0)
    counts = Counts()
    for batch in _batches(disputes.values_list(*COLUMNS)):
        reports = _reports([pk for pk, *_given in batch], row.asked_at)
        found = [_row(row, pk, present, draft, given, reports.get(pk, [])) for pk, *given in batch]
        changed = [one for one in found if one is not None]
        ReplayRow.objects.bulk_create(changed)
        _count(counts, len(batch), changed)
        ReplayRun.objects.filter(pk=row.pk).update(**vars(counts))
    return counts


def _told_of(until: datetime) -> QuerySet[Dispute]:
    """What was registered, or reported on, in the 12 months up to `until`."""
    since = until - LOOKED_BACK
    reported = TrailEntry.objects.filter(
        dispute=OuterRef("pk"), step=REPORT, recorded_at__gt=since, recorded_at__lte=until
    )
    return Dispute.objects.filter(
        Q(registered_at__gt=since, registered_at__lte=until) | Q(Exists(reported), registered_at__lte=until)
    )


def _reports(disputes: list[int], until: datetime) -> dict[int, list[str]]:
    """The accounts of progress of each dispute; one query for a batch."""
    rows = EntryText.objects.filter(
        name="account",
        entry__step=REPORT,
        entry__dispute__in=disputes,
        entry__recorded_at__lte=until,
    )
    found: dict[int, list[str]] = {}
    for row in rows.select_related("entry").only("text", "entry__dispute_id"):
        found.setdefault(row.entry.dispute_id, []).append(row.text)
    return found


def _batches(rows: object) -> Iterator[list[tuple]]:
    """By id, so that a table of any size is read in pieces."""
    after = 0
    while batch := list(rows.filter(pk__gt=after).order_by("pk")[:BATCH]):  # type: ignore[attr-defined]
        yield batch
        after = batch[-1][0]


def _row(
    run: ReplayRun, dispute_id: int, present: Policy, draft: Policy, given: list, reports: list[str]
) -> ReplayRow | None:
    title, narrative, people = given
    now, then = (_read(policy, title, narrative, people, reports) for policy in (present, draft))
    if _same(now, then):
        return None
    return ReplayRow(
        run=run,
        dispute_id=dispute_id,
        level_now=now.level,
        level_then=then.level,
        danger_now=now.danger,
        danger_then=then.danger,
        happening_now=now.happening,
        happening_then=then.happening,
        rule_now=now.rule,
        rule_then=then.rule,
    )


def _read(policy: Policy, title: str, narrative: str, people: int, reports: list[str]) -> Verdict:
    told = [verdict_of(policy, narrative, title, people)]
    return taken_together([*told, *(verdict_of(policy, text, "", people) for text in reports)])


def _same(now: Verdict, then: Verdict) -> bool:
    """As far as anybody would be told otherwise."""
    return (now.level, now.danger, now.happening) == (then.level, then.danger, then.happening)


def _count(counts: Counts, read: int, changed: list[ReplayRow]) -> None:
    counts.done += read
    for row in changed:
        if row.level_now == row.level_then:
            counts.marks_changed += 1
        elif rank(row.level_then) > rank(row.level_now):
            counts.raised += 1
        else:
            counts.lowered += 1
