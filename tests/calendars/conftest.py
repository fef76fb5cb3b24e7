from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import Appointment
from calendars import events, reference, subjects
from core.actor import Actor
from core.clock import SHANGHAI


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def _own_subject_locks() -> Iterator[None]:
    """What a test registers is gone after it."""
    with subjects.locks.only(**dict(subjects.locks.items())):
        yield


@pytest.fixture
def by() -> Actor:
    return Actor.system("tests")


@pytest.fixture
def reference_data(db: None) -> str:
    """Calendars 2024-2026 and the default limits."""
    return reference.load_calendars(at(2026, 1, 5))


class Heard:
    """Events of calendars, as upper apps hear them."""

    def __init__(self) -> None:
        self.missed: list[events.DeadlinesMissed] = []
        self.due_soon: list[events.DeadlinesDueSoon] = []
        self.moved: list[events.DeadlinesMoved] = []

    @property
    def missed_ids(self) -> list[int]:
        return [fact.deadline_id for event in self.missed for fact in event.deadlines]

    @property
    def due_soon_ids(self) -> list[int]:
        return [fact.deadline_id for event in self.due_soon for fact in event.deadlines]

    @property
    def moved_ids(self) -> list[int]:
        return [fact.deadline_id for event in self.moved for fact in event.deadlines]


@pytest.fixture
def heard() -> Iterator[Heard]:
    ear = Heard()
    listeners = (
        (events.deadlines_missed, ear.missed),
        (events.deadlines_due_soon, ear.due_soon),
        (events.deadlines_moved, ear.moved),
    )
    connected = []
    for signal, heard_events in listeners:

        def listen(event: object, into: list[object] = heard_events, **_: object) -> None:  # type: ignore[assignment]
            into.append(event)

        signal.connect(listen, weak=False)
        connected.append((signal, listen))
    yield ear
    for signal, listen in connected:
        signal.disconnect(listen)


@pytest.fixture
def administrator(client_of: Callable[[Appointment], Client], admin: Appointment) -> Client:
    """A signed-in administrator's browser."""
    return client_of(admin)


@pytest.fixture
def reader(client_of: Callable[[Appointment], Client], clerk: Appointment) -> Client:
    """A signed-in clerk's browser."""
    return client_of(clerk)
