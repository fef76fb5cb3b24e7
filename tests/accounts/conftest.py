from collections.abc import Callable, Iterator
from typing import Any

import pytest

from accounts import events
from accounts.models import Appointment
from core.actor import Actor


@pytest.fixture
def by(security: Appointment, actor: Callable[[Appointment], Actor]) -> Actor:
    """The security administrator, who gives and takes rights."""
    return actor(security)


@pytest.fixture
def keeper(admin: Appointment, actor: Callable[[Appointment], Actor]) -> Actor:
    """The system administrator, who keeps structure and people's data."""
    return actor(admin)


class Heard:
    """Events of accounts, as upper apps hear them."""

    def __init__(self) -> None:
        self.ended: list[events.AppointmentEnded] = []
        self.started: list[events.DelegationStarted] = []


@pytest.fixture
def heard() -> Iterator[Heard]:
    ear = Heard()

    def on_ended(event: Any, **_: Any) -> None:
        ear.ended.append(event)

    def on_started(event: Any, **_: Any) -> None:
        ear.started.append(event)

    events.appointment_ended.connect(on_ended)
    events.delegation_started.connect(on_started)
    yield ear
    events.appointment_ended.disconnect(on_ended)
    events.delegation_started.disconnect(on_started)
