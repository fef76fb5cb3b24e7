"""People by role, a small county, reference data. `clerk`, `handler` … are appointments; see PEOPLE."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pgtrigger
import pytest
from django.core.cache import cache
from django.core.management import CommandError
from django.test import Client, TransactionTestCase

from accounts.models import Appointment
from core import reference
from core.actor import Actor
from core.clock import SHANGHAI
from jurisdictions.models import Organization, Place
from tests.factories import accounts

pytest_plugins = ["tests.browser.fixtures"]  # one browser for pages and journeys alike

FLUSH_TRIES = 5
PEOPLE = {
    "clerk": "t01.clerk",
    "coordinator": "t01.coordinator",
    "duty": "t01.duty",
    "deputy": "t01.deputy",
    "mayor": "t01.mayor",
    "secretary": "t01.secretary",
    "handler": "t01.justice",
    "police": "t01.police",
    "village": "t01.v01",
    "other_village": "t01.v02",
    "mediator": "t01.mediator",
    "outsider": "t02.clerk",
    "outside_coordinator": "t02.coordinator",
    "county_office": "county.office",
    "county_coordinator": "county.coordinator",
    "county_deputy": "county.deputy",
    "county_head": "county.head",
    "county_secretary": "county.secretary",
    "department_handler": "hrss.handler",
    "department_deputy": "hrss.deputy",
    "department_head": "hrss.head",
    "enterprise_handler": "unit01.handler",
    "auditor": "auditor",
    "admin": "admin",
    "security": "security",
}


def _person(username: str) -> Any:
    def person(people: dict[str, Appointment]) -> Appointment:
        return people[username]

    return pytest.fixture(person)


for _name, _username in PEOPLE.items():
    globals()[_name] = _person(_username)


@pytest.fixture(autouse=True)
def witness_dir(settings: Any) -> Path:
    """A witness file belongs to one database: each test has its own, made only when something is sealed."""
    settings.WITNESS_DIR = Path(settings.WITNESS_DIR) / uuid4().hex
    return settings.WITNESS_DIR


@pytest.fixture
def people(db: None) -> dict[str, Appointment]:
    """Everybody of the small county by username, each holding one post."""
    return accounts.make_county()


@pytest.fixture
def organizations(people: dict[str, Appointment]) -> dict[str, Organization]:
    """The small county's organizations by code."""
    rows = Organization.objects.select_related("place", "parent")
    return {organization.code: organization for organization in rows}


@pytest.fixture
def places(people: dict[str, Appointment]) -> dict[str, Place]:
    """The small county's places by alias, the county itself as `county`."""
    return {place.alias or "county": place for place in Place.objects.all()}


@pytest.fixture
def reference_data(db: None, monday: datetime) -> None:
    """Calendars, limits, categories: what `make run` loads before anybody enters anything."""
    reference.load_all(monday)


@pytest.fixture
def actor() -> Callable[[Appointment], Actor]:
    return accounts.actor


@pytest.fixture
def client_of() -> Callable[[Appointment], Client]:
    return accounts.client_of


@pytest.fixture
def api_client_of() -> Callable[[Appointment], Client]:
    return accounts.api_client_of


@pytest.fixture
def monday() -> datetime:
    """2 March 2026, nine o'clock: an ordinary working week."""
    return datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture(scope="session", autouse=True)
def _flush_append_only_tables() -> Iterator[None]:
    """Transaction tests end with TRUNCATE, which append-only tables refuse outside tests."""
    flush = TransactionTestCase._fixture_teardown

    def without_triggers(case: TransactionTestCase) -> None:
        """A page's last request may still hold a lock when its test is over: then the flush is tried again."""
        for attempt in range(FLUSH_TRIES):
            try:
                with pgtrigger.ignore():
                    return flush(case)
            except CommandError:
                if attempt == FLUSH_TRIES - 1:
                    raise
                time.sleep(0.5)

    TransactionTestCase._fixture_teardown = without_triggers
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> None:
    """Nothing remembered from one test reaches the next."""
    if {"db", "transactional_db"} & set(request.fixturenames):
        cache.clear()
