"""One page of the ledger by keyset, and how many rows there are, up to a ceiling."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, Func, Value
from django.db.models.expressions import BaseExpression

from accounts.selectors import known
from core.actor import Actor
from core.numbers import BIGGEST
from disputes import extensions
from disputes.choices import LEVEL_LABELS
from disputes.disclosure import Disclosure, disclosures
from disputes.ledger_columns import Column
from disputes.models import Dispute
from disputes.models.ledger_indexes import urgency
from disputes.querysets import DisputeQuerySet
from disputes.selectors.as_of import as_seen
from disputes.selectors.categories import categories
from disputes.selectors.handed_lines import handed_lines

PAGE_SIZE = 25
SURELY_MANY = 4
CEILING = 5_000  # counting on costs 20 ms at 100,000 rows, and nobody reads the number


@dataclass(frozen=True)
class Sort:
    """One order of the list. Each is served by an index over (key, id), read from either end."""

    name: str
    descending: bool
    by_urgency: bool = False

    @property
    def key(self) -> BaseExpression:
        return urgency() if self.by_urgency else F("registered_at")  # type: ignore[return-value]


NEWEST = Sort("-registered", descending=True)
SORTS = {sort.name: sort for sort in (NEWEST, Sort("registered", False), Sort("due", False, by_urgency=True))}


@dataclass(frozen=True)
class Cursor:
    """A place between two rows: the row beside it, and which way to read on."""

    value: datetime
    id: int
    backwards: bool = False

    def __str__(self) -> str:
        text = json.dumps([self.value.isoformat(), self.id, int(self.backwards)])
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """None for an empty or broken cursor: the list then starts at its beginning."""
        try:
            value, row, backwards = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            moment = datetime.fromisoformat(value)
            if abs(int(row)) > BIGGEST:
                return None
            return cls(moment if moment.tzinfo else moment.replace(tzinfo=UTC), int(row), bool(backwards))
        except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError):
            return None


class Beyond(Func):
    """`(key, id) > (value, id)` as one row comparison, which an index over (key, id) answers directly."""

    output_field = BooleanField()

    def __init__(self, key: BaseExpression, cursor: Cursor, *, falling: bool) -> None:
        super().__init__(key, F("id"), Value(cursor.value), Value(cursor.id))
        self.falling = falling

    def as_sql(  # type: ignore[override]  # Django takes more, none of it matters to a row comparison
        self, compiler: Any, _connection: Any, **kwargs: Any
    ) -> tuple[str, list[Any]]:
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        key, row, value, other = (sql for sql, _params in parts)
        sign = "<" if self.falling else ">"
        return f"({key}, {row}) {sign} ({value}, {other})", [p for _sql, params in parts for p in params]


@dataclass(frozen=True)
class Page:
    rows: list[Dispute]
    previous: Cursor | None = None
    next: Cursor | None = None


def ledger_page(
    rows: DisputeQuerySet, *, sort: Sort = NEWEST, cursor: Cursor | None = None, size: int = PAGE_SIZE
) -> Page:
    """The page beside the cursor. One query; rows that arrive meanwhile shift nothing."""
    backwards = cursor is not None and cursor.backwards
    falling = sort.descending != backwards
    if cursor is not None:
        rows = rows.filter(Beyond(sort.key, cursor, falling=falling))
    key = sort.key
    ordered = rows.order_by(key.desc(), "-id") if falling else rows.order_by(key.asc(), "id")
    if sort.by_urgency:
        ordered = ordered.annotate(sort_value=key)
    found = list(ordered[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([])
    before = _beside(found[0], backwards=True) if (more if backwards else cursor is not None) else None
    after = _beside(found[-1]) if backwards or more else None
    return Page(found, before, after)


def _beside(row: Any, *, backwards: bool = False) -> Cursor:
    value = row.sort_value if hasattr(row, "sort_value") else row.registered_at
    return Cursor(value, row.pk, backwards)


def with_names(rows: list[Dispute], columns: Sequence[Column] = ()) -> list[Dispute]:
    """The same rows with what they point at, out of what is remembered; `columns`: those the reader chose."""
    units = {name: known.units for column in columns for name in column.units}
    known.with_known(
        rows,
        lead_unit=known.units,
        responsible_person=known.appointments,
        category=categories,
        **units,
    )
    return rows


@dataclass(frozen=True)
class Count:
    """How many rows there are; `more` means that counting stopped at the ceiling."""

    number: int
    more: bool = False


def counted(rows: DisputeQuerySet, ceiling: int = CEILING) -> Count:
    number = rows.order_by().values("pk")[: ceiling + 1].count()
    return Count(min(number, ceiling), number > ceiling)


def counted_or_foreseen(rows: DisputeQuerySet, ceiling: int = CEILING) -> Count:
    """For one filter at most: where the planner expects many times the ceiling, nothing is counted.

    Counting a common word unpacks the index text of every row it passes, over a second at a million rows. The
    estimate comes from the frequency of the very word or key; of several filters, which may exclude each other,
    it would not be trusted.
    """
    try:
        asked, given = rows.order_by().values("pk").query.sql_with_params()  # built once for both
    except EmptyResultSet:
        return Count(0)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {asked}", given)
        (plan,) = cursor.fetchone()
        if plan[0]["Plan"]["Plan Rows"] >= SURELY_MANY * ceiling:
            return Count(ceiling, more=True)
        cursor.execute(f"SELECT count(*) FROM ({asked} LIMIT %s) AS counted", [*given, ceiling + 1])
        (number,) = cursor.fetchone()
    return Count(min(number, ceiling), number > ceiling)


@dataclass(frozen=True)
class LedgerRow:
    """A dispute with what this reader may see of it and what upper apps add."""

    dispute: Dispute
    shown: Disclosure
    parts: dict[str, Any]
    handed: str = ""  # 县级交办, or that the county took it back
    recalled: bool = False

    @property
    def level(self) -> int:
        return self.dispute.warning_level if self.shown.level else 0

    @property
    def level_label(self) -> str:
        return str(LEVEL_LABELS.get(self.level, ""))


def ledger_rows(disputes: list[Dispute], by: Actor) -> list[LedgerRow]:
    """What each row of the page shows; a fixed number of queries for all of them."""
    shown = disclosures(by, disputes)
    extra = extensions.parts("row", disputes, by, shown)
    handed = handed_lines(disputes, shown, by)
    return [
        LedgerRow(
            d,
            shown[d.pk],
            {name: parts[d.pk] for name, parts in extra.items() if d.pk in parts},
            *handed.get(d.pk, ()),
        )
        for d in as_seen(disputes, shown)
    ]
