"""Several small questions in one statement, each a queryset that has chosen its columns (`values`): each keeps the rows
and the order it asks for, the way there and back is paid once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, wraps
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from core.written_once import Statement, slots_of

Questions = Mapping[str, "QuerySet[Any, Any]"]


def counts(questions: Questions) -> dict[str, int]:
    """How many rows each has; what is sliced is counted up to there."""
    return _asked(questions, "(SELECT COUNT(*) FROM ({}) AS counted)", 0)


def ids(questions: Questions) -> dict[str, list[int]]:
    """The ids of each, in its order; its only column is `pk`."""
    return _asked(questions, "ARRAY({})", [])


def found(questions: Questions) -> dict[str, bool]:
    """Whether each has any row."""
    return _asked(questions, "EXISTS({})", False)


def found_once(ask: Callable[..., Questions]) -> Callable[..., dict[str, bool]]:
    """The same of questions that are written once for a process, as `core.written_once` has them."""

    @cache
    def written() -> tuple[dict[str, bool], list[str], Statement, tuple[str, ...]]:
        slots = slots_of(ask)
        questions = ask(**slots)
        names, statement = _written(questions, "EXISTS({})")
        return dict.fromkeys(questions, False), names, statement, tuple(slots)

    @wraps(ask)
    def answer(*values: Any) -> dict[str, bool]:
        nothing, names, statement, given = written()
        (row,) = statement.sent(dict(zip(given, values, strict=True)))
        return nothing | dict(zip(names, row, strict=True))

    return answer


def _asked(questions: Questions, form: str, nothing: Any) -> dict[str, Any]:
    answers: dict[str, Any] = dict.fromkeys(questions, nothing)
    names, statement = _written(questions, form)
    if not names:
        return answers
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        return answers | dict(zip(names, cursor.fetchone(), strict=True))


def _written(questions: Questions, form: str) -> tuple[list[str], Statement]:
    """The names of those that can have an answer, and what asks them."""
    names: list[str] = []
    parts: list[str] = []
    values: list[Any] = []
    for name, rows in questions.items():
        try:
            statement, given = rows.query.sql_with_params()
        except EmptyResultSet:  # nothing can match, and Django has no SQL for that
            continue
        names.append(name)
        parts.append(form.format(statement))
        values += given
    return names, Statement(f"SELECT {', '.join(parts)}", tuple(values))
