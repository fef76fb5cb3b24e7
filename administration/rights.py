"""Which of the administrators' pages offer what."""

from accounts.permissions import Permission
from accounts.rights import may
from core.actor import Actor


def rights(by: Actor) -> dict[str, bool]:
    """Which buttons a page of structure shows: one keeps it, another says who holds its posts."""
    return {
        "may_keep": may(by, Permission.MANAGE_STRUCTURE),
        "may_appoint": may(by, Permission.MANAGE_RIGHTS),
    }
