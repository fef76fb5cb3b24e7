"""受理并分流: the coordinator accepts and assigns in one act. It stays two steps with two entries in the trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from core.actor import Actor
from core.errors import DomainError
from core.transactions import retried
from disputes.errors import InvalidInput
from disputes.models import Dispute
from disputes.services import steps

# The date is told to the party when the case is accepted; assigning leaves it as it is.
OF_ACCEPTING = ("level", "reason", "restricted", "resolve_by")

Data = Mapping[str, Any]


@retried
@transaction.atomic  # of its own also inside another's transaction: what was accepted is taken back with the rest
def accept_and_assign(
    *, number: str, data: Data, by: Actor, now: datetime, version: int | None = None
) -> Dispute:
    """Takes `accept`, then `assign`, in one transaction: where either is refused neither was taken.

    Locks the dispute's row. Raises what `steps.take` raises; InvalidInput names what is wrong with both at once.
    """
    accepting = {name: value for name, value in data.items() if name in OF_ACCEPTING}
    try:
        with transaction.atomic():
            steps.take("accept", number=number, data=accepting, by=by, now=now, version=version)
    except InvalidInput as error:
        raise InvalidInput(error.errors | _assigning_faults(number, data, by, now)) from error
    return _assign(number, data, by, now)


@retried
def faults(*, number: str, data: Data, by: Actor, now: datetime) -> dict[str, list[object]]:
    """What taking both with these data would be refused for, by field; nothing stays of the attempt.

    For a form that could not read everything. What is no matter of fields is said when it is sent again.
    """
    try:
        with transaction.atomic():
            accept_and_assign(number=number, data=data, by=by, now=now)
            transaction.set_rollback(True)
    except InvalidInput as error:
        return error.errors
    except DomainError:
        pass
    return {}


def _assign(number: str, data: Data, by: Actor, now: datetime) -> Dispute:
    assigning = {name: value for name, value in data.items() if name not in OF_ACCEPTING}
    return steps.take("assign", number=number, data=assigning, by=by, now=now)


def _assigning_faults(number: str, data: Data, by: Actor, now: datetime) -> dict[str, list[object]]:
    """What is wrong with the second step, where the first was refused: as if it had been taken without its answers.

    Only inside a transaction that ends with a refusal.
    """
    try:
        with transaction.atomic():
            steps.take("accept", number=number, data={}, by=by, now=now)
            _assign(number, data, by, now)
    except InvalidInput as error:
        return error.errors
    return {}
