"""What a batch looks up over and over, asked once."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class BatchCache:
    """Answers by key, for as long as this object is passed on: one registration, or one batch of them.

    Made and handed on by whoever opens the transaction, so no answer outlives it.
    """

    def __init__(self) -> None:
        self._answers: dict[Hashable, Any] = {}

    def once(self, key: Hashable, find: Callable[[], Answer]) -> Answer:
        if key not in self._answers:
            self._answers[key] = find()
        answer: Answer = self._answers[key]
        return answer
