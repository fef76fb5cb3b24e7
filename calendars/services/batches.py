"""Work on many deadlines: candidates unlocked, then in batches subject before deadline, each re-checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from django.db.models import QuerySet

from calendars import subjects
from calendars.models import Deadline
from core import batches
from core.batches import Done

Candidate = tuple[int, str, int]  # deadline, subject type, subject
Work = Callable[
    [QuerySet[Deadline]], int
]  # gets the locked rows that still qualify; says how many it changed


def in_batches(candidates: QuerySet[Deadline], work: Work) -> Done:
    """Runs `work` on every candidate that can be locked and still is one."""

    def locked(batch: list[Candidate]) -> int:
        held = _held(batch)
        if not held:
            return 0
        return work(candidates.filter(pk__in=held).order_by("pk").select_for_update(of=("self",)))

    # a cursor on the server holds the candidates as they were at the start
    keys = candidates.values_list("pk", "subject_type", "subject_id")
    return batches.in_batches(keys.iterator(chunk_size=10 * batches.AT_ONCE), locked)


def _held(batch: list[Candidate]) -> list[int]:
    """The deadlines whose subjects could be locked."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for _, subject_type, subject_id in batch:
        wanted[subject_type].add(subject_id)
    locked = {kind: subjects.lock(kind, sorted(ids)) for kind, ids in sorted(wanted.items())}
    return [pk for pk, subject_type, subject_id in batch if subject_id in locked[subject_type]]
