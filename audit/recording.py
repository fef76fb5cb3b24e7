"""The database itself writes down what a judged row said after every write: one trigger for each such table.

A service that forgets nothing can be forgotten itself, so the record is not made by services. Who changes a row
with the triggers off leaves it different from its record; who leaves them on leaves a record without a step.
Texts and personal data stand in it only as hashes. `audit.comparing` reads it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


class Recorded(pgtrigger.Trigger):
    """Put into `Meta.triggers` of a model whose rows people are judged by, or that give rights.

    `label` is what such a row is called; `owner` is None for rows of no dispute. `left_out` columns say nothing
    anybody is judged by. `hashed` ones hold texts or ciphertexts; with `salt`, a column that erasing empties,
    nothing can be guessed from the hash. `quiet` columns may change without a trail entry (owner) or an access
    event (no owner) beside them; rows that are not `told` need neither. `whole` keeps one hash over the named
    columns: for rows written once.
    """

    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

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
        super().__init__(name="recorded")
        self.owner, self.label = owner, label
        self.left_out, self.hashed, self.salt = left_out, hashed, salt
        # what is encrypted may be encrypted anew at any time
        self.quiet = frozenset(quiet) | (frozenset() if salt else frozenset(hashed))
        self.whole, self.told = whole, told

    def facts(self, row: str) -> str:
        """What is recorded of a row, as an SQL expression of type jsonb. The trigger and the check both use it."""
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

    def get_declare(self, model: models.Model) -> list[tuple[str, str]]:
        return [("was", "jsonb"), ("says", "jsonb"), ("before", "bigint"), ("after", "bigint")]

    def get_func(self, model: models.Model) -> str:
        table = model._meta.db_table
        owned = self.owner is not None
        before = self.owner.of("OLD") if self.owner else "NULL"
        after = self.owner.of("NEW") if self.owner else "NULL"
        gone = "before IS NOT NULL" if owned else "true"
        here = "after IS NOT NULL" if owned else "true"
        return f"""
            PERFORM pg_advisory_xact_lock_shared({SEAL_LOCK});
            IF TG_OP <> 'INSERT' THEN {self._light("OLD")} before = {before}; was = {self.facts("OLD")}; END IF;
            IF TG_OP <> 'DELETE' THEN {self._light("NEW")} after = {after}; says = {self.facts("NEW")}; END IF;
            IF TG_OP = 'UPDATE' AND before IS NOT DISTINCT FROM after THEN
                IF was <> says AND {here} THEN
                    {_insert(table, "after", "NEW.id", "U", CHANGED)}
                END IF;
                RETURN NULL;
            END IF;
            IF TG_OP <> 'INSERT' AND {gone} THEN {_insert(table, "before", "OLD.id", "D", "'{}'")} END IF;
            IF TG_OP <> 'DELETE' AND {here} THEN {_insert(table, "after", "NEW.id", "I", "says")} END IF;
            RETURN NULL;
        """

    def _light(self, row: str) -> str:
        """Empties in the trigger's own copy what is left out anyway: an index text is most of a row."""
        return " ".join(f"{row}.{column} = NULL;" for column in self.left_out if column != self.salt)


CHANGED = (
    "(SELECT jsonb_object_agg(n.key, n.value) FROM jsonb_each(says) n"
    " WHERE was -> n.key IS DISTINCT FROM n.value)"
)


def take_stock(table: str, recorded: Recorded) -> str:
    """SQL that records every row as an upgrade finds or leaves it; of what was before nothing is said.

    A data migration that changes judged rows ends with it: its changes are then an upgrade's, and the
    verification remarks how many rows that were.
    """
    joined, dispute = recorded.owner.joined() if recorded.owner else ("", "NULL::bigint")
    where = f"{joined} {dispute} IS NOT NULL" if recorded.owner else ""
    return (
        "INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts)"
        f" SELECT clock_timestamp(), txid_current(), '{table}', t.id, {dispute}, 'B', {recorded.facts('t')}"
        f" FROM {table} t {where}"
    )


def _insert(table: str, dispute: str, row: str, op: str, facts: str) -> str:
    return (
        "INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts)"
        f" VALUES (clock_timestamp(), txid_current(), '{table}', {row}, {dispute}, '{op}', {facts});"
    )
