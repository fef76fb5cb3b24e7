"""New rows: Django writes the INSERT of a model once for a process, afterwards only its values change.

`bulk_create` compiles it anew each time, some thousand calls for one row. What is sent and what the rows know
afterwards is the same: their keys, and that they are saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models
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
    sql: str
    columns: tuple[Column, ...]
    relations: tuple[str, ...]
    by_column: bool  # the parameters are columns of all rows, not the values of one
    key: str  # the attribute the answer goes to; empty where the rows have their keys


def insert(rows: Sequence[models.Model], *, ignore_conflicts: bool = False) -> None:
    """Rows of one model with plain values, as its `bulk_create` does it; no signals."""
    if not rows:
        return
    model, has_key = type(rows[0]), rows[0].pk is not None
    known = len(rows) <= MOST and all((row.pk is not None) is has_key for row in rows)
    written = _written(model, has_key, len(rows) > 1, ignore_conflicts) if known else None
    if written is None:
        manager: Any = model._base_manager
        manager.bulk_create(rows, ignore_conflicts=ignore_conflicts, batch_size=MOST)
        return
    prepared = [_prepared(row, written) for row in rows]
    given = [list(column) for column in zip(*prepared, strict=True)] if written.by_column else prepared[0]
    with connection.cursor() as cursor:
        cursor.execute(written.sql, given)
        keys = cursor.fetchall() if written.key else ()
    for row, (key,) in zip(rows, keys, strict=False):
        setattr(row, written.key, key)
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _prepared(row: Any, written: _Insert) -> list[Any]:
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
def _written(model: type[models.Model], has_key: bool, several: bool, ignoring: bool) -> _Insert | None:
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
    if several and "UNNEST(" not in sql:
        return None
    columns = [(field.attname, field, _plain_type(field)) for field in fields]
    relations = [field.attname for field in fields if field.is_relation]
    return _Insert(sql, tuple(columns), tuple(relations), several, options.pk.attname if returned else "")


def _is_plain(field: models.Field[Any, Any]) -> bool:
    """Its value is the attribute's, whatever is saved."""
    moved = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return type(field).pre_save in TAKEN and not moved and not field.has_db_default()  # type: ignore[attr-defined]


def _plain_type(field: models.Field[Any, Any]) -> type | None:
    return next((kind for kind, of in AS_THEY_ARE if type(field) is of), None)
