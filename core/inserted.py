"""New rows: Django writes the INSERT of a model once for a process, afterwards only its values change.

`bulk_create` compiles it anew each time, some thousand calls for one row. What is sent and what the rows know
afterwards is the same: their keys, and that they are saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

MOST = 1000  # at once; more are Django's to send in parts
AS_THEY_ARE = ((str, models.CharField), (str, models.TextField), (bool, models.BooleanField))
TAKEN = tuple(
    kind.pre_save for kind in (models.Field, models.DateField, models.DateTimeField, models.TimeField)
)
Column = tuple[str, Any, type | None]  # attribute, field, the type its value needs no preparation in


@dataclass(frozen=True)
class _Insert:
    """Of one row the places for its values stand between what comes before and after; of several, sent as columns,
    the statement is whole."""

    columns: tuple[Column, ...]
    relations: tuple[str, ...]
    key: str  # the attribute the answer goes to; empty where the rows have their keys
    sql: str
    places: tuple[str, ...] = ()
    after: str = ""

    def of(self, rows: list[list[Any]]) -> tuple[str, list[Any]]:
        """NULL is written out: the driver keeps statements of at most 50 parameters, others it takes apart anew."""
        if not self.places:
            return self.sql, [list(column) for column in zip(*rows, strict=True)]
        (row,) = rows
        values = zip(self.places, row, strict=True)
        filled = ", ".join(["NULL" if value is None else place for place, value in values])
        return f"{self.sql}{filled}{self.after}", [value for value in row if value is not None]


def insert(rows: Sequence[models.Model], *, ignore_conflicts: bool = False) -> None:
    """Rows of one model with plain values, as its `bulk_create` does it; no signals."""
    if not rows:
        return
    model, has_key = type(rows[0]), rows[0].pk is not None
    known = len(rows) <= MOST and all((row.pk is not None) is has_key for row in rows)
    shape = {"has_key": has_key, "several": len(rows) > 1, "ignoring": ignore_conflicts}
    written = _written(model, **shape) if known else None
    if written is None:
        manager: Any = model._base_manager
        manager.bulk_create(rows, ignore_conflicts=ignore_conflicts, batch_size=MOST)
        return
    connection = connections[DEFAULT_DB_ALIAS]  # asked for each value: not through the proxy
    sql, values = written.of([_prepared(row, written, connection) for row in rows])
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        keys = cursor.fetchall() if written.key else ()
    for row, (key,) in zip(rows, keys, strict=False):
        setattr(row, written.key, key)
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _prepared(row: Any, written: _Insert, connection: Any) -> list[Any]:
    values = row.__dict__
    for name in written.relations:
        if values[name] is None:  # perhaps saved after it was pointed at
            row._prepare_related_fields_for_save(operation_name="bulk_create")
            break
    return [
        value
        if (value := values[name]) is None or type(value) is plain
        else field.get_db_prep_save(value, connection=connection)
        for name, field, plain in written.columns
    ]


@cache
def _written(model: type[models.Model], *, has_key: bool, several: bool, ignoring: bool) -> _Insert | None:
    """None where the statement depends on the values, or on how many rows there are."""
    options = model._meta
    fields = [field for field in options.concrete_fields if not field.generated]
    if not has_key:
        fields = [field for field in fields if not isinstance(field, models.AutoField)]
    returned = [] if has_key or ignoring else list(options.db_returning_fields)
    if not all(map(_is_plain, fields)) or returned not in ([], [options.pk]):
        return None
    query = InsertQuery(model, on_conflict=OnConflict.IGNORE if ignoring else None)
    query.insert_values(fields, [model() for _row in range(1 + several)])
    compiler: Any = query.get_compiler(using=DEFAULT_DB_ALIAS)
    compiler.returning_fields = returned
    ((sql, _values),) = compiler.as_sql()
    columns = tuple((field.attname, field, _plain_type(field)) for field in fields)
    relations = tuple(field.attname for field in fields if field.is_relation)
    whole = _Insert(columns, relations, options.pk.attname if returned else "", sql)
    if several:
        return whole if "UNNEST(" in sql else None
    places = tuple(_place(field, compiler) for field in fields)
    before, values, after = sql.rpartition(", ".join(places))
    return replace(whole, sql=before, places=places, after=after) if values else None


def _place(field: Any, compiler: Any) -> str:
    asked = getattr(field, "get_placeholder", None)
    place: str = asked(None, compiler, compiler.connection) if asked else "%s"
    return place


def _is_plain(field: models.Field[Any, Any]) -> bool:
    """Its value is the attribute's, whatever is saved."""
    moved = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return type(field).pre_save in TAKEN and not moved and not field.has_db_default()


def _plain_type(field: models.Field[Any, Any]) -> type | None:
    return next((kind for kind, of in AS_THEY_ARE if type(field) is of), None)
