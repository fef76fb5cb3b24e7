"""How a lower app hears of what upper ones add to it: one collection, filled when the apps are wired."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

T = TypeVar("T")
MIDDLE = 50


class Registry(Generic[T]):
    """What was registered, by name or each once; read in its `order`, and as it came where that is the same.

    A name, or a nameless value, that comes again takes the place of the one before: wiring an app twice adds nothing.
    """

    def __init__(self) -> None:
        self._rows: dict[Hashable, tuple[int, T]] = {}

    def register(self, value: T, *, name: str = "", order: int = MIDDLE) -> T:
        """Answers the value, so that it also stands as a decorator where nothing else is said."""
        self._rows[name or _hashable(value)] = (order, value)
        return value

    def __iter__(self) -> Iterator[T]:
        return (value for _key, value in self.items())

    def __len__(self) -> int:
        return len(self._rows)

    def items(self) -> list[tuple[Any, T]]:
        """Name and value, in order."""
        rows = sorted(self._rows.items(), key=lambda row: row[1][0])
        return [(key, value) for key, (_order, value) in rows]

    def names(self) -> list[Any]:
        return [key for key, _value in self.items()]

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __getitem__(self, name: str) -> T:
        return self._rows[name][1]

    def get(self, name: str) -> T | None:
        return self._rows[name][1] if name in self._rows else None

    @contextmanager
    def only(self, *values: T, **named: T) -> Iterator[None]:
        """For tests: nothing but these is registered meanwhile, and what is added meanwhile goes with them."""
        kept, self._rows = self._rows, {}
        try:
            for value in values:
                self.register(value)
            for name, value in named.items():
                self.register(value, name=name)
            yield
        finally:
            self._rows = kept


def _hashable(value: Any) -> Hashable:
    return value if isinstance(value, Hashable) else id(value)
