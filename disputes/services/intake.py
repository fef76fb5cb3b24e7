"""Registration: the one way a dispute comes into being. A number is given as late as possible."""

from collections.abc import Sequence
from datetime import datetime

from core.actor import Actor
from core.batch_cache import BatchCache
from core.remembered import steady
from core.transactions import retried
from disputes.choices import Status
from disputes.errors import InvalidInput
from disputes.models import Dispute
from disputes.rules.intake import IntakeFacts
from disputes.services import duplicates, notices
from disputes.services.registration import Checked, Entered, checked, enter, format_number
from notifications.services import notify_many

__all__ = [
    "Checked",
    "checked",
    "faults",
    "format_number",
    "register",
    "register_imported",
    "register_many",
]


def faults(*, facts: IntakeFacts, by: Actor, now: datetime) -> dict[str, list[object]]:
    """Every message there is about these facts, by field, in the order of the page; empty when they may be registered.

    For a door that could not read some of what was stated, so that everything is said in one round. Writes nothing.
    Raises NotPermitted.
    """
    try:
        checked(facts=facts, by=by, now=now)
    except InvalidInput as error:
        return error.errors
    return {}


@retried
@steady()
def register(*, facts: IntakeFacts, by: Actor, now: datetime) -> tuple[Dispute, str]:
    """登记: one transaction with number, parties, keys, clock, trail entry and event; returns the query code too.

    Raises NotPermitted, or InvalidInput with every message at its field. Locks the book's counter row last.
    """
    memo = BatchCache()
    (entered,) = enter([checked(facts=facts, by=by, now=now, memo=memo)], memo)
    _tell([entered])
    duplicates.tell_county_of_twins(facts=facts, dispute=entered.dispute, by=by, now=now)
    return entered.dispute, entered.query_code


@retried
@steady()
def register_many(*, batch: Sequence[Checked], memo: BatchCache) -> list[Dispute]:
    """登记 of many in one transaction: all of them or none."""
    entered = enter(batch, memo)
    _tell(entered)
    return [one.dispute for one in entered]


@retried
@steady()
def register_imported(*, batch: Sequence[Checked], memo: BatchCache) -> list[Dispute]:
    """登记 of lines of an import: the same, but nobody gets a notice for each line."""
    return [one.dispute for one in enter(batch, memo, imported=True)] if batch else []


def _tell(entered: Sequence[Entered]) -> None:
    """Whose turn it is, in a fixed number of statements, however many were registered."""
    waiting = (one for one in entered if one.dispute.status == Status.REGISTERED)
    said = [
        notices.of_step(one.dispute, "register", by=one.checked.by, now=one.checked.now) for one in waiting
    ]
    if told := [notice for notice in said if notice is not None]:
        notify_many(told, now=entered[-1].checked.now)
