"""How the sweep locks what deadlines are about, before it locks the deadlines.

An upper app registers a function that locks those of the given rows it can get (`FOR UPDATE SKIP LOCKED`,
ascending by id) and answers their ids. A type nobody registered needs no lock of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from core.registry import Registry

Lock = Callable[[Collection[int]], set[int]]

locks: Registry[Lock] = Registry()


def register(subject_type: str, lock: Lock) -> None:
    locks.register(lock, name=subject_type)


def lock(subject_type: str, ids: Collection[int]) -> set[int]:
    """The ids now locked; those somebody else holds are left for the next sweep."""
    locker = locks.get(subject_type)
    return locker(ids) if locker else set(ids)
