"""What a person keeps for their ledger: views of their own beside the tabs everybody has, and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from core.actor import Actor
from core.translated import gettext as _
from disputes.ledger_columns import USUAL, Column, in_order
from disputes.selectors import ledger_query

KEPT = """
    SELECT c.names, v.id, v.name, v.query FROM (SELECT %s::bigint AS id) AS me
    LEFT JOIN disputes_ledgercolumns c ON c.user_id = me.id
    LEFT JOIN disputes_savedview v ON v.user_id = me.id ORDER BY v.position, v.id
"""


@dataclass(frozen=True)
class Tab:
    url: str
    label: str
    active: bool
    saved_id: int | None = None
    count: None = None


@dataclass(frozen=True)
class View:
    """A saved one: its id, name and query string."""

    id: int
    name: str
    query: str


@dataclass(frozen=True)
class Kept:
    columns: Sequence[Column]
    views: Sequence[View]


def kept_by(by: Actor) -> Kept:
    """The columns the person chose, else the usual ones, and their views. One query for both."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [by.user_id])
        rows = cursor.fetchall()
    names = rows[0][0]
    return Kept(
        in_order(names) if names is not None else USUAL,
        [View(pk, name, query) for _names, pk, name, query in rows if pk is not None],
    )


def tabs(views: Sequence[View], query: Mapping[str, str]) -> list[Tab]:
    """The tab whose filters are the present ones is marked."""
    built_in = [
        (_("全部"), {}),
        (_("待我办理"), {"waiting": "1", "sort": "due"}),
        (_("已超期"), {"overdue": "1", "sort": "due"}),
        (_("我经手的"), {"mine": "1"}),
        (_("我关注的"), {"followed": "1"}),
    ]
    made = [Tab(ledger_query.address(asked), label, asked == dict(query)) for label, asked in built_in]
    for view in views:
        asked = ledger_query.asked_in(view.query)
        made.append(Tab(ledger_query.address(asked), view.name, asked == dict(query), view.id))
    return made
