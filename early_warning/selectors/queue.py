"""What a leader is asked to act on: one card for each open escalation addressed to them, the most urgent first.

Escalations come from their own indexes, disputes by key within their sight, so that a hundred thousand past rows
cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import F, QuerySet

from accounts.selectors import known
from core.actor import Actor
from core.written_once import OneOf, written_once
from disputes.models import Dispute
from disputes.querysets import Keys, LevelTold
from disputes.selectors.categories import categories
from disputes.selectors.ledger import Beyond, Cursor
from early_warning.models import Escalation
from early_warning.wording_screens import level_label

MOST_CARDS = 12
MOST_COUNTED = 99
PAGE = 25
NOT_DIALLED = re.compile(r"[^0-9+]")
KNOWN = {
    "category": categories,
    "responsible_person": known.appointments,
    **dict.fromkeys(("lead_unit", "managing_org"), known.units),
}
SHOWN = (  # on a card, and no column more: reading each costs on every page
    *("number", "title", "place_name", "people_count", "danger", "confidentiality"),
    *("category", "lead_unit", "managing_org", "responsible_person"),
)


@dataclass(frozen=True)
class Call:
    """Whom to phone, and the number as a telephone takes it."""

    who: str
    number: str

    @property
    def href(self) -> str:
        return f"tel:{NOT_DIALLED.sub('', self.number)}"


@dataclass(frozen=True)
class Card:
    escalation: Escalation
    dispute: Dispute
    call: Call | None

    @property
    def level_label(self) -> str:
        return level_label(self.escalation.level)

    @property
    def unconfirmed(self) -> bool:
        return self.escalation.warning.state == "unconfirmed"


@dataclass(frozen=True)
class Queue:
    """`more`: there are more than fit on one page; answering some brings them up."""

    cards: list[Card]
    more: bool = False


@dataclass(frozen=True)
class PastPage:
    cards: list[Card]
    next: Cursor | None = None


def my_queue(by: Actor) -> Queue:
    """Two queries. Rows of stand-in duties are addressed to the stand-in already."""
    found = _open(MOST_CARDS + 1)(by.user_id)
    return Queue(_cards(found[:MOST_CARDS], by), more=len(found) > MOST_CARDS)


@cache
def _open(most: int) -> Callable[[int | None], list[Escalation]]:
    @written_once
    def rows_of(user: Any) -> QuerySet[Escalation]:
        rows = Escalation.objects.filter(addressee=user, ended_at=None).select_related("warning")
        return rows.defer("account", "check_note").order_by("due_at", "id")[:most]

    return rows_of


def my_open(by: Actor) -> QuerySet[Escalation, Any]:
    """For the rail, which counts them: one question to the index of open rows."""
    rows = Escalation.objects.filter(addressee=by.user_id, ended_at=None)
    return rows.order_by().values("pk")[:MOST_COUNTED]


def my_past(by: Actor, cursor: Cursor | None) -> PastPage:
    """What was addressed to them and is over, newest first, in pages by keyset. Two queries."""
    rows = _addressed(by).filter(ended_at__isnull=False)
    if cursor is not None:
        rows = rows.filter(Beyond(F("ended_at"), cursor, falling=True))  # type: ignore[arg-type]  # F is one
    found = list(rows.order_by("-ended_at", "-id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    after = Cursor(last.ended_at, last.pk) if last is not None and last.ended_at is not None else None
    return PastPage(_cards(found[:PAGE], by), after)


def _addressed(by: Actor) -> Any:
    rows = Escalation.objects.filter(addressee=by.user_id).select_related("warning")
    return rows.defer("account", "check_note")


def _cards(rows: list[Escalation], by: Actor) -> list[Card]:
    known.with_known(rows, town=known.places, holder=known.appointments)
    disputes = seen_disputes((row.dispute_id for row in rows), by)
    return [
        Card(row, disputes[row.dispute_id], call_of(disputes[row.dispute_id]))
        for row in rows
        if row.dispute_id in disputes
    ]


def seen_disputes(ids: Iterable[int], by: Actor) -> dict[int, Dispute]:
    """Those of the disputes whose level the actor may see, with what a card shows; one query by key."""
    wanted, scope = set(ids), by.scope
    if not wanted or scope is None or not scope.keys:
        return {}
    keys, own, units = (Keys(some).value for some in (scope.keys, scope.own_keys, scope.units))
    rows = _seen(list(wanted), keys, own, units)
    known.with_known(rows, **KNOWN)
    return {row.pk: row for row in rows}


@written_once
def _seen(ids: Any, keys: Any, own_keys: Any, units: Any) -> QuerySet[Dispute]:
    """As `filters.without_hidden_levels` has them, also for who has no unit."""
    rows = Dispute.objects.open_to(keys, own_keys).filter(OneOf("pk", ids), LevelTold(units))
    return rows.order_by().only(*SHOWN)


def call_of(dispute: Dispute) -> Call | None:
    """The responsible person's phone, else their unit's, else the centre's; none where no number is known."""
    person = dispute.responsible_person
    if person is not None and person.user.phone:
        return Call(person.user.name, person.user.phone)
    for unit in (dispute.lead_unit, dispute.managing_org):
        if unit is not None and unit.phone:
            return Call(str(unit), unit.phone)
    return None
