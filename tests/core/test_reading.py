"""Looking writes nothing, and what a template asks for is there: guards of every page, tried on pages of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test import RequestFactory

from core.reading import WRITES, ReadOnlyMiddleware, WroteWhileReading, writes_when_read
from jurisdictions.models import Sector
from tests.template_variables import Missing

View = Callable[[HttpRequest], HttpResponse]


def writing(request: HttpRequest) -> HttpResponse:
    Sector.objects.create(code="x", name="某行业")
    return HttpResponse()


@writes_when_read("a page of this test")
def recording(request: HttpRequest) -> HttpResponse:
    return writing(request)


def locking(request: HttpRequest) -> HttpResponse:
    list(Sector.objects.select_for_update(of=("self",)))
    return HttpResponse()


def asked(view: View, method: str) -> None:
    request = getattr(RequestFactory(), method)("/")
    request.resolver_match = SimpleNamespace(func=view)
    ReadOnlyMiddleware(view)(request)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_that_is_looked_at_may_not_write(method: str) -> None:
    with pytest.raises(WroteWhileReading, match="jurisdictions_sector"), transaction.atomic():
        asked(writing, method)
    assert not Sector.objects.filter(code="x").exists()


@pytest.mark.django_db
def test_what_is_sent_writes_and_so_does_a_look_that_says_why() -> None:
    asked(recording, "get")
    Sector.objects.filter(code="x").delete()
    asked(writing, "post")
    asked(locking, "get")
    assert Sector.objects.filter(code="x").exists()


@pytest.mark.parametrize(
    ("sql", "writes"),
    [
        ('INSERT INTO "a" VALUES (1)', True),
        ('UPDATE "a" SET "b" = 1', True),
        ("update only a as x set b = 1", True),
        ('DELETE FROM "a"', True),
        ("WITH gone AS (DELETE FROM a RETURNING b) SELECT b FROM gone", True),
        ('SELECT "a"."updated_at" FROM "a" FOR UPDATE OF "a" SKIP LOCKED', False),
        ("SELECT 'x' FOR NO KEY UPDATE", False),
        ("SAVEPOINT s1", False),
    ],
)
def test_what_counts_as_writing(sql: str, writes: bool) -> None:
    assert bool(WRITES.search(sql)) == writes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ gone }}", ["page.html for page.html: {{ gone }}"]),
        ("{{ there.gone }}", ["page.html for page.html: {{ there.gone }}"]),
        ("{{ gone|upper }}", ["page.html for page.html: {{ gone|upper }}"]),
        ("{{ gone|default:'—' }}{% if gone %}x{% endif %}{% for one in gone %}x{% endfor %}", []),
        ("{{ there }}{{ empty }}{{ nothing }}{{ nothing.more }}{% if nothing.more %}x{% endif %}", []),
    ],
)
def test_a_variable_that_is_not_there_is_told(tmp_path: Path, text: str, found: list[str]) -> None:
    told, missing = list[str](), Missing("")
    missing.ours, missing.found = tmp_path, told.append
    (tmp_path / "page.html").write_text(text, "utf-8")
    page = Engine(dirs=[str(tmp_path)], string_if_invalid=missing).get_template("page.html")
    page.render(Context({"there": "x", "empty": "", "nothing": None}))
    assert told == found


def test_the_tests_run_with_it(settings: Any) -> None:
    assert "core.reading.ReadOnlyMiddleware" in settings.MIDDLEWARE
