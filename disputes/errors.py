"""Named errors of the disputes domain; core.errors says how they look outside."""

from django.utils.translation import gettext as _

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
    "closed",
    "out_of_sight",
]


def out_of_sight() -> NotFound:
    """It is not there, or not for the actor to see: which of the two is not told."""
    return NotFound(_("没有找到这件纠纷，或您无权查看。"))


def closed() -> NotPermitted:
    """What is answered where only the stub is in sight."""
    return NotPermitted(_("本件限制知悉，内容只对指定的人开放。"))
