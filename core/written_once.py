"""Questions a page asks again and again: the ORM writes each once for a process, afterwards only its values change.

Building and compiling a query costs some two thousand calls, to send it and make its rows two hundred. It is
asked with stand-ins (`Slot`) and compiled; what it answers then are new rows each time, as the queryset gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from inspect import signature
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.query import get_related_populators

Row = TypeVar("Row")
Make = Callable[[Iterable[Sequence[Any]]], list[Any]]


class Slot(models.Value):
    """Where a value comes when the question is asked; what it is compared with gives its type."""

    def as_sql(self, *_args: Any, **_kwargs: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]


class OneOf(models.Func):
    """Whether a column holds one of the values, given as one array: `OneOf("dispute", ids)` for `dispute__in`."""

    output_field = models.BooleanField()

    def __init__(self, column: str, values: Any) -> None:
        super().__init__(models.F(column), values)

    def as_sql(self, compiler: Any, _connection: Any, **_kwargs: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        (column, of_column), (values, of_values) = map(compiler.compile, self.source_expressions)
        return f"{column} = ANY({values})", [*of_column, *of_values]


@dataclass(frozen=True)
class Statement:
    """SQL with the parameters it was compiled with, some of them slots."""

    sql: str
    params: tuple[Any, ...]

    def sent(self, values: dict[str, Any]) -> list[Any]:
        given = [values[one.value] if isinstance(one, Slot) else one for one in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, given)
            return list(cursor.fetchall())


def slots_of(ask: Callable[..., Any]) -> dict[str, Slot]:
    """A stand-in for each argument of the question."""
    return {name: Slot(name) for name in signature(ask).parameters}


def written_once(ask: Callable[..., models.QuerySet[Any, Row]]) -> Callable[..., list[Row]]:
    """Of a question about rows of a model, or about columns of them (`values_list`), in the order it asks for.

    Its arguments stand for values to compare with, given in their order; nothing in it may depend on what they are, on
    the language or on the moment. What the rows point at is joined by `select_related` alone.
    """

    @cache
    def written() -> tuple[Statement, Make, tuple[str, ...]]:
        slots = slots_of(ask)
        rows = ask(**slots)
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        return Statement(sql, tuple(params)), _maker(rows, compiler), tuple(slots)

    @wraps(ask)
    def answer(*values: Any) -> list[Row]:
        statement, make, names = written()
        return make(statement.sent(dict(zip(names, values, strict=True))))

    return answer


def _maker(rows: models.QuerySet[Any, Any], compiler: Any) -> Make:
    """Makes of what the database answers what the queryset would."""
    select, of_model = compiler.select, compiler.klass_info if rows._fields is None else None  # type: ignore[attr-defined]  # Django's own
    converters = [(at, *pair) for at, pair in compiler.get_converters([one[0] for one in select]).items()]
    if of_model is None:
        return lambda found: [tuple(_converted(row, converters)) for row in found]
    start, end = of_model["select_fields"][0], of_model["select_fields"][-1] + 1
    names = [one[0].target.attname for one in select[start:end]]
    joined = get_related_populators(of_model, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of a later Django

    def make(found: Iterable[Sequence[Any]]) -> list[Any]:
        made = []
        for values in found:
            row = _converted(values, converters)
            one = rows.model.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
            for related in joined:
                related.populate(row, one)
            made.append(one)
        return made

    return make


def _converted(row: Sequence[Any], converters: Sequence[tuple[int, Any, Any]]) -> Sequence[Any]:
    if not converters:
        return row
    values = list(row)
    for at, through, expression in converters:
        for convert in through:
            values[at] = convert(values[at], expression, connection)
    return values
