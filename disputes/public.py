"""The door for apps above: a dispute to read, a dispute under its lock, and a unit of work on it.

    dispute = public.lock_visible(by, number=number)
    with public.working_on(dispute, by=by, now=now) as work:
        work.open_to(keys)
        work.record("agreement_signed", data={...}, texts={...})

The row is saved once, however deep the calls inside go; a block inside a block joins it (ADR 49).
"""

from __future__ import annotations

from typing import Any

from core.actor import Actor
from disputes.disclosure import disclosure
from disputes.errors import out_of_sight
from disputes.models import Dispute
from disputes.services import step_runner
from disputes.services.access import register_awaited
from disputes.services.work import (
    Work,
    lock_many,
    lock_visible,
    open_all,
    set_first_leaders,
    working_on,
    working_on_all,
)

__all__ = [
    "Work",
    "get_visible",
    "lock_many",
    "lock_told",
    "lock_visible",
    "open_all",
    "out_of_sight",
    "register_awaited",
    "require_present",
    "require_told",
    "set_first_leaders",
    "working_on",
    "working_on_all",
]


def get_visible(by: Actor | None, number: str) -> Dispute:
    """To read. Raises NotFound out of sight, NotPermitted where only its stub is in sight."""
    found: Dispute = Dispute.objects.get_visible(by, number)
    return found


def lock_told(by: Actor, **which: Any) -> Dispute:
    """`lock_visible` for whoever is told of levels, leaders and plans: a unit that is a party, or gave the case
    back, finds nothing either."""
    dispute = lock_visible(by, **which)
    require_told(by, dispute)
    return dispute


def require_told(by: Actor, dispute: Dispute) -> None:
    """Raises NotFound for a unit that is a party or gave the case back."""
    shown = disclosure(by, dispute)
    if not shown.level or shown.trail_until is not None:
        raise out_of_sight()


def require_present(by: Actor, dispute: Dispute) -> None:
    """Raises NotPermitted for whoever sees the case only as it was when they gave it back."""
    if step_runner.is_past(dispute, by):
        raise step_runner.gave_it_back()
