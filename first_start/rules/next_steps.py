"""What a county still lacks before a dispute can be received, given away and watched, in this order. Pure."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

LEADERS = frozenset({"party_secretary", "head", "deputy", "political_legal_member"})


class Lack(StrEnum):
    COUNTY = "county"
    CLERK = "clerk"  # nobody registers
    DISPATCHER = "dispatcher"  # nobody accepts and assigns
    HANDLER = "handler"  # nobody to assign to
    LEADER = "leader"  # nobody to warn


# a lack is over when somebody holds a post of one of these roles
ROLES: dict[Lack, frozenset[str]] = {
    Lack.CLERK: frozenset({"clerk", "coordinator", "office"}),
    Lack.DISPATCHER: frozenset({"coordinator", "office"}),
    Lack.HANDLER: frozenset({"handler", "village_secretary", "mediator"}),
    Lack.LEADER: LEADERS,
}


def next_lack(held_roles: Collection[str]) -> Lack | None:
    """The first thing missing where a county is there already; None when it can work."""
    held = set(held_roles)
    return next((lack for lack, roles in ROLES.items() if not roles & held), None)
