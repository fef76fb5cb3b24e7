"""What hangs or is held by others costs a page a moment, not its answer."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from accounts.models import Appointment
from core.cache import FailOpenRedisCache
from supervisor.keys import new_keys
from supervisor.layout import PROJECT
from tests import slowness
from tests.factories.accounts import api_client_of, client_of


@pytest.fixture
def hanging(settings) -> Iterator[socket.socket]:
    """A broker that accepts and never answers: where its callers wait."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        address = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": address}}
        FailOpenRedisCache.away_until = 0.0
        yield server
        FailOpenRedisCache.away_until = 0.0


def callers(server: socket.socket) -> int:
    """How many have called; nobody was answered."""
    server.setblocking(False)
    found = 0
    with suppress(BlockingIOError):
        while True:
            server.accept()[0].close()
            found += 1
    return found


def test_a_broker_that_hangs_is_asked_once(hanging: socket.socket) -> None:
    begun = time.monotonic()
    for _each in range(5):
        assert caches["default"].get("x", "without") == "without"
        assert caches["default"].add("x", 1) is True
    assert 0.9 < time.monotonic() - begun < 3 * slowness.of_machine()
    assert callers(hanging) == 1


def test_a_page_is_shown_while_the_broker_hangs(hanging: socket.socket, clerk: Appointment) -> None:
    begun = time.monotonic()
    assert Client().get("/accounts/login/").status_code == 200
    assert client_of(clerk).get("/").status_code == 200
    assert time.monotonic() - begun < 25 * slowness.of_machine()  # a second each five seconds at most


@pytest.mark.django_db(transaction=True)
def test_a_locked_table_is_a_clear_page_after_a_moment(clerk: Appointment) -> None:
    browser, machine = client_of(clerk), api_client_of(clerk)
    browser.raise_request_exception = machine.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")
    parameters = connection.get_connection_params()
    dsn = {name: parameters[name] for name in ("dbname", "user", "host") if name in parameters}
    with psycopg.connect(**dsn) as other:
        other.execute("LOCK TABLE accounts_user IN ACCESS EXCLUSIVE MODE")
        page = browser.get("/")
        problem = machine.get("/api/v1/disputes/")
        other.rollback()
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "系统正忙" in page.content.decode()
    assert (problem.status_code, problem["Content-Type"]) == (503, "application/problem+json")


def test_only_the_web_server_gives_up_early() -> None:
    show = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['options'])"
    away = {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
    }

    def options(loading: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", f"{loading}; {show}"],
            cwd=PROJECT, env=os.environ | new_keys() | away, capture_output=True, text=True, timeout=120, check=True,
        ).stdout  # fmt: skip

    assert "-c lock_timeout=4s -c statement_timeout=30s" in options("import config.wsgi")
    assert "timeout" not in options("import config.celery")
