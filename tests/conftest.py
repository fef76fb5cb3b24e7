"""People by role, a small county, reference data. `clerk`, `handler` … are appointments; see PEOPLE."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pgtrigger
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError
from django.test import Client, TransactionTestCase
from django.utils import translation

from accounts.models import Appointment
from core import reference
from core.actor import Actor
from core.clock import SHANGHAI
from jurisdictions.models import Organization, Place
from tests import prepared, template, template_variables
from tests.factories import accounts
from tests.prepared import Prepared

pytest_plugins = ["tests.browser.fixtures"]  # one browser for pages and journeys alike

FLUSH_TRIES = 5
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
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
def _in_chinese() -> None:
    """A page asked for in English leaves its language to the process: each test begins in that of the house."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _no_missing_variables() -> Iterator[None]:
    """No template of ours asks for a variable that is not there; told when the test is over, all at once."""
    found = set[str]()
    with template_variables.told(found.add):
        yield
    assert sorted(found) == [], "templates ask for what is not there"


@pytest.fixture(autouse=True)
def witness_dir(settings: Any) -> Path:
    """A witness file belongs to one database: each test has its own, made only when something is sealed."""
    settings.WITNESS_DIR = Path(settings.WITNESS_DIR) / uuid4().hex
    return settings.WITNESS_DIR


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_use_migrations: bool, django_db_blocker: Any
) -> None:
    """Each worker's database is a copy of one that has been migrated."""
    if django_db_use_migrations:
        with django_db_blocker.unblock():
            template.use_template()


@pytest.fixture(scope="session")
def beginnings(django_db_setup: None, django_db_blocker: Any) -> dict[str, Prepared]:
    """The small county and the reference data, built once."""
    revised = {"calendars_calendaryear.revision": "gen_random_uuid()"}
    with django_db_blocker.unblock():
        prepared.forget()
        county = prepared.prepare(accounts.make_county, same_ids=True)
        rules = prepared.prepare(lambda: reference.load_all(MONDAY), same_ids=False, fresh=revised)
    return {"county": county, "reference data": rules}


@pytest.fixture
def people(beginnings: dict[str, Prepared], db: None) -> dict[str, Appointment]:
    """Everybody of the small county by username, each holding one post."""
    return cast(dict[str, Appointment], beginnings["county"].bring())


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
def reference_data(beginnings: dict[str, Prepared], db: None) -> None:
    """Calendars, limits, categories: what `make run` loads before anybody enters anything, on that Monday."""
    beginnings["reference data"].bring()


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
def manager(security: Appointment, client_of: Callable[[Appointment], Client]) -> Client:
    """The security administrator's browser."""
    return client_of(security)


@pytest.fixture
def house(admin: Appointment, client_of: Callable[[Appointment], Client]) -> Client:
    """The system administrator's browser."""
    return client_of(admin)


@pytest.fixture
def monday() -> datetime:
    """2 March 2026, nine o'clock: an ordinary working week."""
    return MONDAY


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
