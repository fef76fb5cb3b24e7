"""What an appointment still answers for. Upper apps register who knows, in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.models import Appointment


@dataclass(frozen=True)
class OpenWork:
    """One open matter. The administrator sees number and status, never what it is about."""

    kind: str
    number: str
    status: str = ""


Provider = Callable[[Appointment], Sequence[OpenWork]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add somebody who knows open work; also usable as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def open_work_of(appointment: Appointment) -> list[OpenWork]:
    return [work for provider in _providers for work in provider(appointment)]
