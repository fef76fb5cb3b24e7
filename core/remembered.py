"""Reference rows a process remembers: places, units, posts, who holds them, categories, limits, policy, channels.

They change seldom and are read by every registration. The database itself leaves a new mark beside every statement
that writes one of these tables, by whatever door (`core.reference_marks`); what was read under the marks of now is
what the tables say now, for this transaction too, before and after it takes something back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.db import connection

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Marks = frozenset[UUID]

MARKS = "SELECT id FROM core_referencemark"
_held: ContextVar[list[Marks] | None] = ContextVar("marks_held", default=None)
_for_all: ContextVar[bool] = ContextVar("marks_held_for_all", default=False)


def marks() -> Marks:
    """The marks as this transaction sees them: one small statement, inside `steady` the first time only."""
    held = _held.get()
    if not held:
        with connection.cursor() as cursor:
            cursor.execute(MARKS)
            seen = frozenset(row[0] for row in cursor.fetchall())
        if held is None:
            return seen
        held.append(seen)
    return held[0]


@contextmanager
def steady() -> Iterator[None]:
    """Reference rows stay as they are at the first look in here, as if all had been read then.

    For one page or one transaction that writes none of them. Inside another it begins anew, inside `steady_for_all`
    it is part of that.
    """
    if _for_all.get():
        yield
        return
    token = _held.set([])
    try:
        yield
    finally:
        _held.reset(token)


@contextmanager
def steady_for_all() -> Iterator[None]:
    """The same for one transaction in which many services run, each steady by itself: they share one look."""
    with steady():
        token = _for_all.set(True)
        try:
            yield
        finally:
            _for_all.reset(token)


@contextmanager
def one_look() -> Iterator[None]:
    """The same for a few questions asked together; inside a steady block it is part of that."""
    if _held.get() is not None:
        yield
        return
    with steady():
        yield


def remembered(most: int) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Answers of a function that reads watched tables only, `most` of them, until one of these tables is written.

    What it answers is shared between requests: rows to read and to point at, never to change or to save. Arguments
    must be hashable, and a moment is too many: ask by the day.
    """

    def decorate(read: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        @lru_cache(maxsize=most)
        def answer(_marks: Marks, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            return read(*args, **kwargs)

        @wraps(read)
        def ask(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            return answer(marks(), *args, **kwargs)  # type: ignore[arg-type]  # hashable, see above

        return ask

    return decorate


def remembered_rows(
    read: Callable[[Collection[int]], Mapping[int, Answer]],
) -> Callable[[Collection[int]], Mapping[int, Answer]]:
    """The same for rows of a watched table by their ids: those not asked for before are read, in one query for all.

    What it answers may hold more rows than were asked for, and none for an id that is not there.
    """

    @remembered(1)
    def known() -> dict[int, Answer]:
        return {}

    @wraps(read)
    def answer(ids: Collection[int]) -> Mapping[int, Answer]:
        rows = known()
        if missing := [pk for pk in ids if pk not in rows]:
            rows.update(read(missing))
        return rows

    return answer
