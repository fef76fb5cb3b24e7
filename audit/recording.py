"""The database itself writes down what a judged row said after every write: three triggers on each such table, one
for each kind of statement, because a statement that writes ten thousand rows is recorded four times faster as one.

A service that forgets nothing can be forgotten itself, so the record is not made by services. Who changes a row
with the triggers off leaves it different from its record; who leaves them on leaves a record without a step.
Texts and personal data stand in it only as hashes. `audit.comparing` reads it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.db import models

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SEAL_LOCK = 0x68656A6965  # advisory lock: who records shares it, the sealer takes it alone for a moment
HASHED = "left(encode(sha256(convert_to({salt}{row}.{column}::text, 'UTF8')), 'hex'), 32)"


@dataclass(frozen=True)
class Owner:
    """How a row leads to its dispute: by a column of its own, or by one of the row it hangs on."""

    column: str = "dispute_id"
    table: str = ""  # the row it hangs on is in this table, `by` its foreign key
    by: str = ""
    only: str = ""  # a condition on the row that holds `column`

    def of(self, row: str) -> str:
        """The dispute's id of NEW or OLD, as an SQL expression."""
        if not self.table:
            return (
                f"CASE WHEN {row}.{self.only} THEN {row}.{self.column} END"
                if self.only
                else f"{row}.{self.column}"
            )
        where = f"p.id = {row}.{self.by}" + (f" AND p.{self.only}" if self.only else "")
        return f"(SELECT p.{self.column} FROM {self.table} p WHERE {where})"

    def joined(self) -> tuple[str, str]:
        """For reading a table `t`: the join and the condition it needs, and the column with the dispute's id."""
        if not self.table:
            return (f"WHERE t.{self.only} AND" if self.only else "WHERE"), f"t.{self.column}"
        condition = f"p.{self.only} AND" if self.only else ""
        return f"JOIN {self.table} p ON p.id = t.{self.by} WHERE {condition}", f"p.{self.column}"


DISPUTE = Owner()
ITSELF = Owner("id")


class Recorded:
    """Which facts of a table's rows are recorded. `recorded(…)` makes its triggers.

    `label` is what such a row is called; `owner` is None for rows of no dispute. `left_out` columns say nothing
    anybody is judged by. `hashed` ones hold texts or ciphertexts; with `salt`, a column that erasing empties,
    nothing can be guessed from the hash. `quiet` columns may change without a trail entry (owner) or an access
    event (no owner) beside them; rows that are not `told` need neither. `whole` keeps one hash over the named
    columns: for rows written once.
    """

    def __init__(
        self,
        label: StrOrPromise,
        owner: Owner | None = DISPUTE,
        *,
        left_out: tuple[str, ...] = (),
        hashed: tuple[str, ...] = (),
        salt: str = "",
        quiet: tuple[str, ...] = (),
        whole: tuple[str, ...] = (),
        told: bool = True,
    ) -> None:
        self.owner, self.label = owner, label
        self.left_out, self.hashed, self.salt = left_out, hashed, salt
        # what is encrypted may be encrypted anew at any time
        self.quiet = frozenset(quiet) | (frozenset() if salt else frozenset(hashed))
        self.whole, self.told = whole, told

    def facts(self, row: str) -> str:
        """What is recorded of a row, as an SQL expression of type jsonb. The triggers and the check both use it."""
        if self.whole:
            columns = " || E'\\n' || ".join(f"coalesce({row}.{column}::text, '')" for column in self.whole)
            return f"jsonb_build_object('whole', encode(sha256(convert_to({columns}, 'UTF8')), 'hex'))"
        gone = ",".join(("id", *self.left_out, *self.hashed))
        plain = f"to_jsonb({row}) - '{{{gone}}}'::text[]"
        if not self.hashed:
            return plain
        salt = f"coalesce({row}.{self.salt}, '') || E'\\n' || " if self.salt else ""
        pairs = ", ".join(
            f"'{name}', CASE WHEN {row}.{name} <> '' THEN {HASHED.format(salt=salt, row=row, column=name)} END"
            for name in self.hashed
        )
        return f"({plain}) || jsonb_build_object({pairs})"

    def dispute_of(self, row: str) -> str:
        return self.owner.of(row) if self.owner else "NULL::bigint"

    def only(self, column: str) -> str:
        """The condition under which there is something to record: a row of a dispute has one."""
        return f"{column} IS NOT NULL" if self.owner else "true"

    def read(self, rows: str, columns: Iterable[str]) -> str:
        """Rows of a statement without what is left out anyway: an index text is most of a row."""
        if not self.left_out:
            return rows
        kept = [column for column in columns if column not in self.left_out or column == self.salt]
        named = ", ".join(f'"{column}"' for column in kept)
        return f"(SELECT {named} FROM {rows})"


class Recording(pgtrigger.Trigger):
    """Records what one kind of statement wrote. OFFSET 0: every row is turned into facts once, not once a column."""

    level = pgtrigger.Statement
    when = pgtrigger.After

    def __init__(self, name: str, facts: Recorded) -> None:
        super().__init__(name=name)
        self.of = facts

    def get_func(self, model: models.Model) -> str:
        columns = [field.column or "" for field in model._meta.concrete_fields]
        return f"""
            PERFORM pg_advisory_xact_lock_shared({SEAL_LOCK});
            {self.sql(model._meta.db_table, columns)};
            RETURN NULL;
        """

    def sql(self, table: str, columns: list[str]) -> str:
        raise NotImplementedError  # each kind of statement has its own


class Inserted(Recording):
    operation = pgtrigger.Insert
    referencing = pgtrigger.Referencing(new="fresh")

    def sql(self, table: str, columns: list[str]) -> str:
        of = self.of
        rows = f"SELECT n.id, {of.dispute_of('n')} AS dispute, {of.facts('n')} AS says"
        rows += f" FROM {of.read('fresh', columns)} n OFFSET 0"
        return _insert(table, f"SELECT id, dispute, 'I', says FROM ({rows}) w WHERE {of.only('dispute')}")


class Updated(Recording):
    """Only what changed. A row that went over to another dispute ends at the one and begins at the other."""

    operation = pgtrigger.Update
    referencing = pgtrigger.Referencing(old="stale", new="fresh")

    def sql(self, table: str, columns: list[str]) -> str:
        of = self.of
        before = f"{of.dispute_of('o')} AS before, {of.facts('o')} AS was"
        after = f"{of.dispute_of('n')} AS after, {of.facts('n')} AS says"
        pairs = f"{of.read('fresh', columns)} n JOIN {of.read('stale', columns)} o ON o.id = n.id"
        rows = f"SELECT n.id, {before}, {after} FROM {pairs} WHERE n IS DISTINCT FROM o OFFSET 0"
        written = [
            f"SELECT id, after, 'U', {CHANGED} FROM w"
            f" WHERE was <> says AND before IS NOT DISTINCT FROM after AND {of.only('after')}"
        ]
        if of.owner is not None:
            moved = "before IS DISTINCT FROM after"
            written.append(f"SELECT id, before, 'D', '{{}}' FROM w WHERE {moved} AND before IS NOT NULL")
            written.append(f"SELECT id, after, 'I', says FROM w WHERE {moved} AND after IS NOT NULL")
        return f"WITH w AS MATERIALIZED ({rows}) {_insert(table, ' UNION ALL '.join(written))}"


class Deleted(Recording):
    operation = pgtrigger.Delete
    referencing = pgtrigger.Referencing(old="stale")

    def sql(self, table: str, _columns: list[str]) -> str:
        rows = f"SELECT o.id, {self.of.dispute_of('o')} AS dispute FROM stale o OFFSET 0"
        return _insert(
            table, f"SELECT id, dispute, 'D', '{{}}'::jsonb FROM ({rows}) w WHERE {self.of.only('dispute')}"
        )


def recorded(label: StrOrPromise, owner: Owner | None = DISPUTE, **columns: Any) -> list[Recording]:
    """For `Meta.triggers` of a model whose rows people are judged by, or that give rights: see `Recorded`."""
    of = Recorded(label, owner, **columns)
    return [Inserted("recorded_insert", of), Updated("recorded_update", of), Deleted("recorded_delete", of)]


CHANGED = (
    "(SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f"
    " WHERE was -> f.key IS DISTINCT FROM f.value)"
)


def take_stock(table: str, of: Recorded, only: str = "") -> str:
    """SQL that records every row as an upgrade finds or leaves it; of what was before nothing is said. `only`: a
    condition on a row `t`, where the upgrade touches few.

    A data migration that changes judged rows ends with it: its changes are then an upgrade's, and the
    verification remarks how many rows that were.
    """
    joined, dispute = of.owner.joined() if of.owner else ("", "NULL::bigint")
    where = f"{joined} {dispute} IS NOT NULL" if of.owner else ""
    if only:
        where += f" AND {only}" if of.owner else f" WHERE {only}"
    return _insert(table, f"SELECT t.id, {dispute}, 'B', {of.facts('t')} FROM {table} t {where}")


def _insert(table: str, rows: str) -> str:
    """`rows` gives for each row its id, the dispute's, the op and the facts."""
    return (
        "INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts)"
        f" SELECT clock_timestamp(), txid_current(), '{table}', r.* FROM ({rows}) r"
    )
