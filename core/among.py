"""Rows of a batch asked for by their ids, for `filter(pk=Among(ids))`, where `pk__in=ids` makes two hundred parameters
of them: each is compiled, and the statement taken apart anew each time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models


class Among(models.Value):
    """All ids as one parameter; of none, no row fits."""

    def __init__(self, ids: Iterable[int]) -> None:
        super().__init__("{" + ",".join(map(str, map(int, ids))) + "}")

    def as_sql(self, *_args: Any, **_kwargs: Any) -> tuple[str, list[str]]:  # type: ignore[override]
        return "ANY(%s)", [self.value]  # the database reads it as an array of the column's type
