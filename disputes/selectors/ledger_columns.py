"""Which columns a person's ledger shows, and what stands in those that not everybody sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.actor import Actor
from core.templatetags.components import money, sh_date
from disputes.choices import Source
from disputes.ledger_columns import USUAL, Column, in_order
from disputes.models import Dispute, LedgerColumns


@dataclass(frozen=True)
class Head:
    """A column of the page. On a phone each row is a card of the usual facts, whatever was chosen: a usual column
    that was not chosen stands on cards only, another one only in the table."""

    column: Column
    is_chosen: bool

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def label(self) -> str:
        return str(self.column.label)

    @property
    def classes(self) -> str:
        place = f"col-{self.name}" if self.column.usual else "col-more"
        kind = " number" if self.column.is_number else ""
        return f"{place}{kind}" if self.is_chosen else f"{place} card-only"


def chosen_columns(by: Actor) -> list[Column]:
    """In their order; the usual ones for who chose none. One query."""
    names = LedgerColumns.objects.filter(user=by.user).values_list("names", flat=True).first()
    return in_order(names) if names is not None else list(USUAL)


def heads_of(columns: Sequence[Column]) -> list[Head]:
    """The chosen ones in their order, then what only the cards of a phone need."""
    shown = [Head(column, is_chosen=True) for column in columns]
    return shown + [Head(column, is_chosen=False) for column in USUAL if column not in columns]


def _turn(dispute: Dispute) -> str:
    return str(dispute.waiting_org or "") if dispute.is_open else ""


CELLS: dict[str, Callable[[Dispute], Any]] = {
    "turn": _turn,
    "source": lambda row: Source(row.source).label if row.source else "",
    "managing": lambda row: row.managing_org,
    "people": lambda row: row.people_count,
    "amount": lambda row: money(row.amount_fen) if row.amount_fen is not None else "",
    "occurred": lambda row: sh_date(row.occurred_on),
    "accepted": lambda row: sh_date(row.accepted_at),
    "resolve_by": lambda row: sh_date(row.resolve_by),
    "settled": lambda row: sh_date(row.settled_at),
    "closed": lambda row: sh_date(row.closed_at),
}


def cell(dispute: Dispute, name: str) -> str:
    """What stands in one of the further columns, of a row as its reader sees it; a stub tells nothing there."""
    return "" if dispute.is_stub else str(CELLS[name](dispute) or "")
