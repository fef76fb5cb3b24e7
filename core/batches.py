"""Work on many rows: a few at a time, each few in a transaction of their own, and a bad one alone."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import structlog
from django.db import InterfaceError, OperationalError, transaction

from core.transactions import is_lock_conflict, retried

log = structlog.get_logger(__name__)

AT_ONCE = 200
SELDOM = 50_000  # objects made between two looks for garbage
Item = TypeVar("Item")


@dataclass
class Done:
    """`failed` are items somebody held or whose work raised; a later run tries them again."""

    changed: int = 0
    failed: int = 0

    def add(self, other: Done) -> None:
        self.changed += other.changed
        self.failed += other.failed


def chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of at most `size`, read as they are asked for: memory does not grow with the items."""
    stream = iter(items)
    while chunk := list(islice(stream, size)):
        yield chunk


@contextmanager
def collected_seldom() -> Iterator[None]:
    """What a batch makes is gone with it by itself; looking for garbage after every 700 objects took a quarter of a
    sweep. For the whole process meanwhile, and no seldomer where it is rare already."""
    before = gc.get_threshold()
    gc.set_threshold(max(SELDOM, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def in_batches(items: Iterable[Item], work: Callable[[list[Item]], int]) -> Done:
    """Runs `work`, which says how many it changed, on at most 200 items at a time.

    Each batch is its own transaction, tried again over lock conflicts. One that raises is undone and its items are
    taken one by one. When the database is away the error goes up: the next run finds everything again.
    """
    done = Done()
    with collected_seldom():
        for batch in chunks(items, AT_ONCE):
            _guarded(batch, work, done)
    return done


def _guarded(batch: list[Item], work: Callable[[list[Item]], int], done: Done) -> None:
    try:
        done.changed += _run(batch, work)
    except (OperationalError, InterfaceError) as error:
        if not is_lock_conflict(error):
            raise
        log.warning("batch_locked", work=work.__qualname__, items=len(batch))
        done.failed += len(batch)
    except Exception:
        log.exception("batch_failed", work=work.__qualname__, items=len(batch))
        if len(batch) == 1:
            done.failed += 1
            return
        for item in batch:
            _guarded([item], work, done)


@retried
def _run(batch: list[Item], work: Callable[[list[Item]], int]) -> int:
    with transaction.atomic():  # inside a caller's transaction a savepoint: a failure undoes the whole batch
        return work(batch)
