"""Named errors of early warning; the words reach users through core's one handler."""

from core.errors import Conflict, InvalidInput, NotFound, NotPermitted, WrongState

__all__ = ["Conflict", "InvalidInput", "NotFound", "NotPermitted", "WrongState"]
