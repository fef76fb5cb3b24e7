"""What an appointment still answers for. Upper apps register who knows, in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.models import Appointment
from core.registry import Registry


@dataclass(frozen=True)
class OpenWork:
    """One open matter. The administrator sees number and status, never what it is about."""

    kind: str
    number: str
    status: str = ""


Provider = Callable[[Appointment], Sequence[OpenWork]]
providers: Registry[Provider] = Registry()
register = providers.register  # also usable as a decorator


def open_work_of(appointment: Appointment) -> list[OpenWork]:
    return [work for provider in providers for work in provider(appointment)]
