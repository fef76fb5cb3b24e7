from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.test import Client

from accounts.models import Appointment, User
from calendars import events, reference, subjects
from core.actor import Actor
from core.clock import SHANGHAI
from jurisdictions.models import Organization, Place, Post


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def _own_subject_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is gone after it."""
    monkeypatch.setattr(subjects, "_locks", dict(subjects._locks))


@pytest.fixture
def monday() -> datetime:
    """2 March 2026, nine o'clock: an ordinary working week."""
    return at(2026, 3, 2)


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


def a_post_holder(role: str) -> User:
    """Somebody who holds a post of that role at the county's centre."""
    county, _ = Place.objects.get_or_create(code="369901", defaults={"name": "测试县", "kind": "county"})
    centre, _ = Organization.objects.get_or_create(
        code="county.centre", defaults={"name": "县综治中心", "kind": "governance_centre", "place": county}
    )
    post, _ = Post.objects.get_or_create(organization=centre, role=role)
    user = User.objects.create_user(username=f"county.{role}", name="甲", email="", password="x")
    Appointment.objects.create(user=user, post=post, starts_on=date(2020, 1, 1))
    return user


@pytest.fixture
def administrator(client: Client, db: None) -> Client:
    """A signed-in administrator's browser."""
    client.force_login(a_post_holder("administrator"))
    return client


@pytest.fixture
def reader(db: None) -> Client:
    """A signed-in clerk's browser."""
    browser = Client()
    browser.force_login(a_post_holder("clerk"))
    return browser
