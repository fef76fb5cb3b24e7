"""Named errors of the disputes domain; core.errors says how they look outside."""

from core.errors import (
    Conflict,
    DomainError,
    InvalidInput,
    KeyReused,
    NotFound,
    NotPermitted,
    StaleVersion,
    WrongState,
)

__all__ = [
    "Conflict",
    "DomainError",
    "InvalidInput",
    "KeyReused",
    "NotFound",
    "NotPermitted",
    "StaleVersion",
    "WrongState",
]
