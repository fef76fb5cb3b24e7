"""Judged rows against what the database recorded of them. Reads in pieces, says which row differs and in what.

A row that differs was changed with the triggers off. A change whose transaction wrote no trail entry (no access
event, for rows of no dispute) was not made by the system's steps.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

from audit.recording import Recorded, Recording

BATCH = 5000
TRAIL, ACCESS = "disputes_trailentry", "audit_accessevent"
BEGINNINGS = ("B", "I")  # op: how an upgrade found the row, or its first writing

RECORDS = """
SELECT dispute_id, kind, row_id, op, xact, facts::text FROM audit_factrecord
WHERE dispute_id > %s AND dispute_id <= %s ORDER BY id
"""
STANDING = """
SELECT 0, kind, row_id, op, xact, facts::text FROM audit_factrecord
WHERE dispute_id IS NULL AND kind = %s AND row_id > %s AND row_id <= %s ORDER BY id
"""
TOLD = "SELECT DISTINCT xact FROM audit_factrecord WHERE dispute_id IS NULL AND kind = ANY(%s) AND xact = ANY(%s)"


class Problem(StrEnum):
    CHANGED = "changed"  # says something else than was recorded last
    GONE = "gone"
    ADDED = "added"  # nothing was recorded of it
    UNTOLD = "untold"  # changed by a transaction that wrote no step


@dataclass(frozen=True, slots=True)
class RowFault:
    """One row, by its table and id; `columns` are those that differ, or that changed without a step."""

    dispute_id: int
    kind: str
    row_id: int
    problem: Problem
    columns: tuple[str, ...] = ()
    xact: int = 0  # of a change without a step: the transaction it was made in


@dataclass(frozen=True, slots=True)
class Written:
    op: str
    xact: int
    facts: str


Key = tuple[int, str, int]  # dispute or 0, table, id
History = dict[Key, list[Written]]
Current = dict[Key, str]


@cache
def recorded_tables() -> dict[str, Recorded]:
    """Every table whose rows are recorded, by name."""
    found = {}
    for model in apps.get_models():
        for trigger in getattr(model._meta, "triggers", []):
            if isinstance(trigger, Recording):
                found[model._meta.db_table] = trigger.of
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class Compared:
    """What a piece gave: how many rows were read, and of how many a record is an upgrade's."""

    faults: list[RowFault]
    rows: int
    taken_over: int


def of_disputes(after: int, upto: int) -> Compared:
    """Rows of the disputes with ids above `after`, up to `upto`."""
    tables = {name: table for name, table in recorded_tables().items() if table.owner is not None}
    history = _history(RECORDS, [after, upto])
    current: Current = {}
    for name, table in tables.items():
        current |= _rows_of_disputes(name, table, after, upto)
    told = {(key[0], written.xact) for key, rows in history.items() if key[1] == TRAIL for written in rows}
    return _compared(history, current, tables, told)


def _compared(
    history: History, current: Current, tables: dict[str, Recorded], told: set[tuple[int, int]]
) -> Compared:
    rows = len(current)
    taken_over = sum(any(one.op == "B" for one in written) for written in history.values())
    return Compared([*_differing(history, current), *_untold(history, tables, told)], rows, taken_over)


def of_standing_rows() -> Iterator[Compared]:
    """Rows of no dispute: users, appointments, rules, the access log; one answer for each piece read."""
    for name, table in recorded_tables().items():
        if table.owner is not None:
            continue
        last = _value(
            f"SELECT greatest((SELECT max(id) FROM {name}), (SELECT max(row_id) FROM audit_factrecord"
            " WHERE dispute_id IS NULL AND kind = %s))",
            [name],
        )
        for after in range(0, last or 0, BATCH):
            yield _standing_piece(name, table, after)


def with_standing_changes(xacts: Iterable[int], *kinds: str) -> set[int]:
    """Those of these transactions in which rows of the named tables, of no dispute, were written too."""
    return {xact for (xact,) in _rows(TOLD, [list(kinds), list(xacts)])}


def _standing_piece(name: str, table: Recorded, after: int) -> Compared:
    span = [after, after + BATCH]
    history = _history(STANDING, [name, *span])
    rows = _rows(
        f"SELECT t.id, ({table.facts('t')})::text FROM {name} t WHERE t.id > %s AND t.id <= %s", span
    )
    current = {(0, name, row_id): facts for row_id, facts in rows}
    changes = {written.xact for rows in history.values() for written in rows if written.op in "UD"}
    told = {(0, xact) for xact in with_standing_changes(changes, ACCESS)} if changes else set()
    return _compared(history, current, {name: table}, told)


def _history(sql: str, params: Sequence[Any]) -> History:
    found: History = defaultdict(list)
    for dispute, kind, row_id, op, xact, facts in _rows(sql, params):
        found[(dispute, kind, row_id)].append(Written(op, xact, facts))
    return found


def _rows_of_disputes(name: str, table: Recorded, after: int, upto: int) -> Current:
    assert table.owner is not None
    joined, dispute = table.owner.joined()
    columns = f"{dispute}, t.id, ({table.facts('t')})::text"
    sql = f"SELECT {columns} FROM {name} t {joined} {dispute} > %s AND {dispute} <= %s"
    return {(owner, name, row_id): facts for owner, row_id, facts in _rows(sql, [after, upto])}


def _differing(history: History, current: Current) -> Iterator[RowFault]:
    for key, written in history.items():
        facts, gone = current.pop(key, None), written[-1].op == "D"
        if facts is None:
            if not gone:
                yield RowFault(*key, Problem.GONE)
        elif gone:
            yield RowFault(*key, Problem.ADDED)
        elif written[-1].facts != facts or written[-1].op == "U":
            columns = _changed(written, facts)
            if columns:
                yield RowFault(*key, Problem.CHANGED, columns)
    for key in current:
        yield RowFault(*key, Problem.ADDED)


def _changed(written: Iterable[Written], facts: str) -> tuple[str, ...]:
    """Columns whose value is not the one recorded last. Columns that came later are in no record yet."""
    recorded: dict[str, Any] = {}
    for one in written:
        recorded = (recorded if one.op == "U" else {}) | json.loads(one.facts)
    now = json.loads(facts)
    return tuple(sorted(name for name, value in recorded.items() if name in now and now[name] != value))


def _untold(history: History, tables: dict[str, Recorded], told: set[tuple[int, int]]) -> Iterator[RowFault]:
    for key, rows in history.items():
        table = tables.get(key[1])
        if table is None or not table.told:
            continue
        upgrades = {written.xact for written in rows if written.op == "B"}
        for written in rows:
            if (
                written.xact in upgrades
                or (key[0], written.xact) in told
                or (key[0] == 0 and written.op == "I")
            ):
                continue
            facts = json.loads(written.facts)
            changed = (name for name, value in facts.items() if name not in table.quiet or value is None)
            columns = tuple(sorted(changed))
            if columns or written.op == "D":
                yield RowFault(*key, Problem.UNTOLD, columns if written.op == "U" else (), written.xact)


def _rows(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _value(sql: str, params: Sequence[Any]) -> Any:
    return _rows(sql, params)[0][0]
