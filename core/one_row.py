"""A row that is there at most once, without asking for an order."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def at_most_one(rows: QuerySet[Row]) -> Row | None:
    """The only row, or None. Whoever asks knows that there are no two: of several it would be any.

    `first()` orders by the key, and to order, the ORM hashes every column of a joined row: as dear as sending it.
    """
    return next(iter(rows.order_by()[:1]), None)
