"""The classifier reads what is registered and reported; a level it finds is proposed, and escalates, at once.

It reads inside the transaction of the registration or step, in a savepoint: whatever goes wrong here is written
down as a failure, the registration stands, and the periodic job reads again.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.db import transaction

from classifier.rules import Evidence, Verdict
from classifier.rules.level_of_text import verdict_of
from classifier.selectors.policy import policy_in_force
from core.actor import Actor
from core.batch_cache import BatchCache
from core.inserted import insert
from disputes import public
from disputes.events import Registered, StepTaken
from disputes.models import Dispute, EntryText
from disputes.rules import corrections
from disputes.rules.lifecycle import MENDING
from early_warning.choices import ReadingOf
from early_warning.models import ClassifierFailure, Reading
from early_warning.services import imported_levels, warnings

log = structlog.get_logger(__name__)
JOB = "warning_readings"
READER = Actor.system(JOB)  # a level is the system's proposal, not the clerk's
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
AT_ONCE = 200  # failures taken up by one run


@dataclass(frozen=True)
class Text:
    """One text of a dispute to be read, and where it stands."""

    of: ReadingOf
    entry_seq: int | None = None


def read_registrations(registered: Sequence[Registered]) -> None:
    """What was registered. Never raises for the classifier's sake; called inside the registration.

    Texts that say nothing alarming, nearly all, are noted together; a level is proposed in its own savepoint.
    What a ledger brought in says wakes nobody: its levels wait in the coordinator's list.
    """
    memo, quiet = BatchCache(), list[tuple[Dispute, Reading]]()
    for one in registered:
        try:
            found = _found(one.dispute, Text(_kind_of(one)), one.dispute.narrative, one.now, memo)
        except Exception as error:
            _note(one.dispute.pk, Text(_kind_of(one)), error, one.now)
            continue
        if found.level and not one.imported:
            _propose_or_note(one.dispute, found)
        else:
            quiet.append((one.dispute, found))
    _write_quiet(quiet)


def read_step(event: StepTaken) -> None:
    """A report of progress, or a correction of what is read."""
    if event.step == "report_progress":
        account = event.texts.get("account", "")
        read_progress(event.dispute, entry_seq=event.entry_seq, text=account, now=event.now)
    if event.step in MENDING and corrections.READ.intersection(corrections.names_changed(event.data)):
        for dispute in public.lock_many([event.dispute_id]):  # anew: the leader may be another by now
            read_corrected(dispute, entry_seq=event.entry_seq, now=event.now)


def read_progress(dispute: Dispute, *, entry_seq: int, text: str, now: datetime) -> None:
    """The report of progress just written: new facts may raise the level, never lower it. Needs the dispute's lock."""
    _read_at_once(dispute, Text(ReadingOf.PROGRESS, entry_seq), text, now)


def _read_at_once(dispute: Dispute, of: Text, words: str, now: datetime) -> None:
    try:
        found = _found(dispute, of, words, now, BatchCache())
    except Exception as error:
        _note(dispute.pk, of, error, now)
    else:
        _propose_or_note(dispute, found)


def read_corrected(dispute: Dispute, *, entry_seq: int, now: datetime) -> None:
    """The matter as it stands after a correction: read like a registration. Needs the dispute's lock.

    A level that the old words gave stays until a person changes it; the new ones may raise it.
    """
    _read_at_once(dispute, Text(ReadingOf.CORRECTION, entry_seq), dispute.narrative, now)


def read_again(*, now: datetime) -> int:
    """Texts the classifier failed on, each in its own transaction; those locked elsewhere wait for the next run."""
    due = ClassifierFailure.objects.filter(settled_at=None, retry_at__lte=now).order_by("retry_at")
    return sum(_read_failed(failure_id, now) for failure_id in due.values_list("pk", flat=True)[:AT_ONCE])


def read_dispute(
    dispute: Dispute, *, of: ReadingOf, entry_seq: int | None, text: str, by: Actor, now: datetime
) -> Reading:
    """Reads one text, once, and proposes what it finds. Needs the dispute's lock."""
    reading = _found(dispute, Text(of, entry_seq), text, now, BatchCache())
    _write(dispute, reading, by)
    return reading


def spans_of(verdict: Verdict) -> list[dict[str, Any]]:
    """As rows keep them: where, never the words themselves; `title` only on those of the title."""
    return [_span(row) for row in verdict.evidence]


def _span(row: Evidence) -> dict[str, Any]:
    span: dict[str, Any] = {"indicator": row.indicator, "start": row.start, "end": row.end}
    return span | {"title": True} if row.in_title else span


def _found(dispute: Dispute, text: Text, words: str, now: datetime, memo: BatchCache) -> Reading:
    """What the policy in force reads in these words, unsaved."""
    row, policy = memo.once(now, lambda: policy_in_force(now))
    title = dispute.title if text.of != ReadingOf.PROGRESS else ""
    verdict = verdict_of(policy, words, title, dispute.people_count)
    return Reading(
        dispute=dispute,
        of=text.of,
        entry_seq=text.entry_seq,
        policy=row,
        level=verdict.level,
        danger=verdict.danger,
        happening=verdict.happening and text.of != ReadingOf.IMPORT,  # a sheet is no report from the scene
        rule=verdict.rule,
        evidence=spans_of(verdict),
        read_at=now,
    )


def _write(dispute: Dispute, reading: Reading, by: Actor) -> None:
    reading.save(force_insert=True)
    if reading.level and reading.of == ReadingOf.IMPORT:
        imported_levels.propose([reading])
    elif reading.level:
        warnings.propose(
            dispute,
            level=reading.level,
            happening=reading.happening,
            reading=reading,
            by=by,
            now=reading.read_at,
        )


def _propose_or_note(dispute: Dispute, reading: Reading) -> None:
    try:
        # the savepoint takes back what was written, the block what the object says
        with transaction.atomic(), public.working_on(dispute, by=READER, now=reading.read_at):
            _write(dispute, reading, READER)
    except Exception as error:
        _note(dispute.pk, Text(ReadingOf(reading.of), reading.entry_seq), error, reading.read_at)


def _write_quiet(found: Sequence[tuple[Dispute, Reading]]) -> None:
    try:
        with transaction.atomic():
            readings = [reading for _dispute, reading in found]
            insert(readings)
            imported_levels.propose(readings)
    except Exception:
        log.exception("readings_failed", readings=len(found))
        for dispute, reading in found:
            _propose_or_note(dispute, reading)


def _read(dispute: Dispute, text: Text, now: datetime) -> None:
    words = TEXTS[text.of](dispute, text.entry_seq)
    read_dispute(dispute, of=text.of, entry_seq=text.entry_seq, text=words, by=READER, now=now)


def _kind_of(one: Registered) -> ReadingOf:
    return ReadingOf.IMPORT if one.imported else ReadingOf.NARRATIVE


def _narrative(dispute: Dispute, _seq: int | None) -> str:
    return dispute.narrative


def _account(dispute: Dispute, seq: int | None) -> str:
    rows = EntryText.objects.filter(entry__dispute=dispute, entry__seq=seq or 0, name="account")
    found = rows.first()
    return found.text if found else ""


TEXTS: dict[ReadingOf, Callable[[Dispute, int | None], str]] = {
    ReadingOf.NARRATIVE: _narrative,
    ReadingOf.IMPORT: _narrative,
    ReadingOf.PROGRESS: _account,
    ReadingOf.CORRECTION: _narrative,
}


def _note(dispute_id: int, text: Text, error: Exception, now: datetime) -> None:
    log.error("reading_failed", dispute=dispute_id, exc_info=error)
    ClassifierFailure.objects.get_or_create(
        dispute_id=dispute_id,
        **asdict(text),
        defaults={"error": _words(error), "failed_at": now, "retry_at": now + FIRST_PAUSE},
    )


def _read_failed(failure_id: int, now: datetime) -> int:
    """1 if the text is read now. The dispute's lock comes first, then the failure's row."""
    with transaction.atomic():
        failure = ClassifierFailure.objects.get(pk=failure_id)
        locked = public.lock_many([failure.dispute_id])
        open_still = ClassifierFailure.objects.select_for_update().filter(pk=failure_id, settled_at=None)
        if not locked or not open_still.exists():
            return 0
        text = Text(ReadingOf(failure.of), failure.entry_seq)
        try:
            with transaction.atomic():
                if not Reading.objects.filter(dispute=locked[0], **asdict(text)).exists():
                    _read(locked[0], text, now)
        except Exception as error:
            log.exception("reading_failed_again", dispute=failure.dispute_id, attempts=failure.attempts + 1)
            pause = min(FIRST_PAUSE * 2 ** min(failure.attempts, 10), LONGEST_PAUSE)
            failure.attempts, failure.error, failure.retry_at = (
                failure.attempts + 1,
                _words(error),
                now + pause,
            )
            failure.save(update_fields=["attempts", "error", "retry_at"])
            return 0
        failure.settled_at = now
        failure.save(update_fields=["settled_at"])
        return 1


def _words(error: Exception) -> str:
    """The kind of error and where in the code; never its message, which may hold the text that was read."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"[:300]
