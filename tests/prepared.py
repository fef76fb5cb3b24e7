"""What most tests begin with is built once in a session; its rows are kept and copied in for each test.

Building the small county and loading the reference data takes sixty statements, copying takes two. Triggers run as
for any INSERT, so that what the database records of the rows carries the test's own transaction.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

SCHEMA = "prepared"
RECORDED = {
    "audit_factrecord",
    "core_referencemark",
}  # written by triggers, when rows come and when they come back
COLUMNS = """
    SELECT column_name::text FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""


@dataclass(frozen=True)
class Prepared:
    """`insert` brings the rows back; `made` is what their builder returned."""

    insert: str
    made: bytes

    def bring(self) -> Any:
        """Writes the rows in the transaction of the test; a copy of what was returned when they were built."""
        with connection.cursor() as cursor:
            cursor.execute(self.insert)
        return pickle.loads(self.made)


@dataclass(frozen=True)
class Kept:
    """The rows of one table as COPY wrote them."""

    table: str
    columns: tuple[str, ...]
    rows: bytes


def prepare(build: Callable[[], Any], *, same_ids: bool, fresh: dict[str, str] | None = None) -> Prepared:
    """Builds on empty tables, keeps the rows and takes them back.

    `same_ids`: rows come back with their ids, for what `build` returned speaks of them. Otherwise each test has ids
    of its own, as it has the columns in `fresh` (table.column → SQL expression): what a process remembers of a row by
    these must not reach the next test.
    """
    with transaction.atomic():
        made = pickle.dumps(build())
        kept = [rows for rows in map(_read, _written()) if rows.rows]
        transaction.set_rollback(True)
    for rows in kept:
        _store(rows)
    inserts = [_insert(rows, same_ids, fresh or {}) for rows in kept]
    return Prepared(";\n".join(inserts), made)


def forget() -> None:
    """Drops what an earlier session left in a database that is used again."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")


def _written() -> list[str]:
    """The tables lately inserted into, in the order they were made: what is pointed at comes first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname::text FROM pg_stat_xact_user_tables WHERE n_tup_ins > 0 ORDER BY relid"
        )
        return [name for (name,) in cursor.fetchall() if name not in RECORDED]


def _read(table: str) -> Kept:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        columns = tuple(name for (name,) in cursor.fetchall())
        with cursor.copy(f"COPY {table} ({_listed(columns)}) TO STDOUT") as copy:
            return Kept(table, columns, b"".join(bytes(part) for part in copy))


def _store(kept: Kept) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {SCHEMA}.{kept.table} (LIKE public.{kept.table})")
        with cursor.copy(f"COPY {SCHEMA}.{kept.table} ({_listed(kept.columns)}) FROM STDIN") as copy:
            copy.write(kept.rows)


def _insert(kept: Kept, same_ids: bool, fresh: dict[str, str]) -> str:
    columns = tuple(column for column in kept.columns if same_ids or column != "id")
    values = ", ".join(fresh.get(f"{kept.table}.{column}", f'"{column}"') for column in columns)
    order = " ORDER BY id" if "id" in kept.columns else ""
    there = (
        "" if same_ids else " ON CONFLICT DO NOTHING"
    )  # as the commands that load it leave what is there alone
    return f"INSERT INTO {kept.table} ({_listed(columns)}) SELECT {values} FROM {SCHEMA}.{kept.table}{order}{there}"


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
