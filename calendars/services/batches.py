"""Work on many deadlines: candidates unlocked, then in batches subject before deadline, each re-checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet

from calendars import subjects
from calendars.models import Deadline
from core.transactions import is_lock_conflict, retried

log = structlog.get_logger(__name__)

BATCH = 200
Candidate = tuple[int, str, int]  # deadline, subject type, subject
Work = Callable[
    [QuerySet[Deadline]], int
]  # gets the locked rows that still qualify; says how many it changed


@dataclass
class Done:
    """`failed` are deadlines somebody held or whose subscribers raised; the next sweep tries them again."""

    changed: int = 0
    failed: int = 0


def in_batches(candidates: QuerySet[Deadline], work: Work) -> Done:
    """Runs `work` in transactions of at most 200 rows; memory does not grow with the candidates."""
    done = Done()
    for batch in _batches(candidates):
        try:
            done.changed += _batch(batch, candidates, work)
        except (OperationalError, InterfaceError) as error:
            if not is_lock_conflict(error):
                raise  # the database is away: the next run finds everything again
            log.warning("deadline_batch_locked", deadlines=len(batch))
            done.failed += len(batch)
        except Exception:
            log.exception("deadline_batch_failed", deadlines=len(batch))
            _one_by_one(batch, candidates, work, done)
    return done


def _one_by_one(batch: list[Candidate], candidates: QuerySet[Deadline], work: Work, done: Done) -> None:
    """One case that cannot be handled must not keep the others of its batch from it."""
    for candidate in batch:
        try:
            done.changed += _batch([candidate], candidates, work)
        except Exception:
            log.exception("deadline_failed", deadline=candidate[0])
            done.failed += 1


@retried
def _batch(batch: list[Candidate], candidates: QuerySet[Deadline], work: Work) -> int:
    with transaction.atomic():  # inside a caller's transaction a savepoint: a failure undoes the whole batch
        held = _held(batch)
        if not held:
            return 0
        return work(candidates.filter(pk__in=held).order_by("pk").select_for_update(of=("self",)))


def _held(batch: list[Candidate]) -> list[int]:
    """The deadlines whose subjects could be locked."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for _, subject_type, subject_id in batch:
        wanted[subject_type].add(subject_id)
    locked = {kind: subjects.lock(kind, sorted(ids)) for kind, ids in sorted(wanted.items())}
    return [pk for pk, subject_type, subject_id in batch if subject_id in locked[subject_type]]


def _batches(candidates: QuerySet[Deadline]) -> Iterator[list[Candidate]]:
    """A cursor on the server holds the candidates as they were at the start."""
    rows = candidates.values_list("pk", "subject_type", "subject_id").iterator(chunk_size=10 * BATCH)
    while batch := list(islice(rows, BATCH)):
        yield batch
