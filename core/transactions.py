"""Short waits for locks, and another try when two transactions got in each other's way."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from time import sleep
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

LOCK_TIMEOUT = "3s"
DEADLOCK, LOCK_NOT_AVAILABLE = "40P01", "55P03"
TRIES = 3
PAUSE = 0.05  # seconds, doubled with every try

_LAST: ContextVar[list[Callable[[], None]] | None] = ContextVar("last", default=None)

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def retried(work: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Runs a service in its own transaction, up to 3 times over deadlocks and lock timeouts.

    Called inside a transaction it joins that one, and a conflict goes up to whoever opened it: once the
    transaction is lost, only the outermost service can try again.
    """

    @wraps(work)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        if connection.in_atomic_block:
            return _to_its_end(work, *args, **kwargs)
        for attempt in range(TRIES):
            try:
                with transaction.atomic():
                    limit_lock_waits()
                    return _to_its_end(work, *args, **kwargs)
            except OperationalError as error:
                if attempt == TRIES - 1 or not is_lock_conflict(error):
                    raise
                sleep(PAUSE * 2**attempt)
        raise AssertionError("unreachable")

    return run


def joining(work: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Runs a service in its caller's transaction, or in one of its own.

    Without a savepoint, two statements each time: what it wrote before it raised is for the caller to take back.
    """

    @wraps(work)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        if connection.in_atomic_block:
            return work(*args, **kwargs)
        with transaction.atomic():
            return work(*args, **kwargs)

    return run


def last(work: Callable[[], None]) -> None:
    """Does it as the last thing of the outermost service that runs, inside its transaction; at once where none does.
    What a service wrote and then took back (a savepoint) is for `work` to look at."""
    waiting = _LAST.get()
    if waiting is None:
        work()
    else:
        waiting.append(work)


def _to_its_end(work: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs) -> Answer:
    if _LAST.get() is not None:
        return work(*args, **kwargs)
    waiting: list[Callable[[], None]] = []
    token = _LAST.set(waiting)
    try:
        answer = work(*args, **kwargs)
        for one in waiting:  # which may add to it
            one()
        return answer
    finally:
        _LAST.reset(token)


def limit_lock_waits() -> None:
    """Waiting for a lock ends after 3 s with 55P03, for the rest of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")


def is_lock_conflict(error: Exception) -> bool:
    return getattr(error.__cause__, "sqlstate", "") in {DEADLOCK, LOCK_NOT_AVAILABLE}
