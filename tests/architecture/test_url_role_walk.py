"""Every page × every role: nobody meets a 500, and out of sight stays out of sight (guarantee 4)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from disputes.models import Dispute
from tests.factories.disputes import registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

ROLES = (
    "t01.clerk",
    "t01.coordinator",
    "t01.deputy",
    "t01.v01",
    "t01.mediator",
    "t01.duty",
    "t02.clerk",
    "hrss.handler",
    "county.office",
    "county.secretary",
    "auditor",
    "admin",
)
SKIPPED_PREFIXES = (
    "api/",
    "metrics",
    "i18n/",
    "gallery/",
)  # the API has tests of its own; the rest shows nothing
FINE = {200, 204, 302, 304, 400, 403, 404, 405, 409, 422}
SAMPLES = {
    "year": "2026",
    "day": "2026-03-02",
    "step": "accept",
    "kind": "receipt",
    "code": "t01",
    "key": "00000000-0000-4000-8000-000000000000",
    "uidb36": "1",
    "path": "x",
}


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def filled(route: str, number: str) -> str | None:
    """The route with a sample for each part; None when it is a regular expression."""
    if any(sign in route for sign in "^(?$\\"):
        return None
    parts = []
    for part in route.split("/"):
        if part.startswith("<"):
            kind, _colon, name = part.strip("<>").rpartition(":")
            part = number if name == "number" else SAMPLES.get(name, "1" if kind in ("int", "") else "x")
            if kind == "uuid":
                part = SAMPLES["key"]
        parts.append(part)
    return "/" + "/".join(parts)


def pages(number: str) -> list[str]:
    found = {filled(route, number) for route in routes(get_resolver().url_patterns)}
    return sorted(
        path for path in found if path and not path[1:].startswith(SKIPPED_PREFIXES) and "<" not in path
    )


@pytest.fixture
def dispute(clerk, monday) -> Dispute:
    return registered(clerk, monday)


@pytest.mark.parametrize("role", ROLES)
def test_no_page_breaks_for_anybody(role, people, client_of, dispute):
    client: Client = client_of(people[role])
    broken = []
    for path in pages(dispute.number):
        if "logout" in path:
            continue
        answer = client.get(path)
        if answer.status_code not in FINE:
            broken.append((path, answer.status_code))
    assert broken == []


@pytest.mark.parametrize("role", ["t02.clerk", "t01.v01", "t01.mediator", "hrss.handler", "auditor", "admin"])
def test_a_dispute_out_of_sight_answers_like_one_that_does_not_exist(role, people, client_of, dispute):
    client: Client = client_of(people[role])
    nowhere = "t01-2026-999999"
    of_it = [path for path in pages(dispute.number) if dispute.number in path]
    assert len(of_it) >= 3
    for path in of_it:
        status = client.get(path).status_code
        assert status in (403, 404, 405), path
        assert status == client.get(path.replace(dispute.number, nowhere)).status_code, path
    assert client.get(f"/disputes/{dispute.number}/").status_code == 404


def test_the_anonymous_are_sent_to_the_login_everywhere(dispute):
    client = Client()
    open_to_all = ("/accounts/", "/health", "/demo/loading/")  # how far the demo county is, on the login page
    shown = [
        path
        for path in pages(dispute.number)
        if not path.startswith(open_to_all) and client.get(path).status_code not in (302, 401, 403, 404, 405)
    ]
    assert shown == []


@pytest.mark.parametrize("role", ["t01.clerk", "t01.deputy", "county.office", "hrss.handler"])
def test_only_the_administrator_manages_the_house(role, people, client_of, dispute):
    client: Client = client_of(people[role])
    managed = [path for path in pages(dispute.number) if path.startswith("/manage/")]
    opened = [path for path in managed if client.get(path).status_code == 200]
    assert opened == []
