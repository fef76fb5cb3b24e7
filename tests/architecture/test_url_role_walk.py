"""Every page × every role: who gets what is written in a table that a reviewer reads, `role_walk.txt`.

The table is no output of the code: whoever adds a page writes its row. Each answer is one sign:
`+` shown (200) · `>` sent on (302) · `.` not found, as out of sight (404) · `x` refused with a page that says so
(403) · `p` only changes something, asked for by POST (405) · `w` at a wrong time (409) · `?` not filled in (400, 422)
· `0` empty (204).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import Appointment
from tests.architecture.sources import ROOT
from tests.architecture.walked_county import Samples, build
from tests.architecture.walked_county import filled as filled_with
from tests.factories.accounts import client_of
from tests.factories.disputes import registered
from tests.nasty.county import DRAFT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

TABLE = ROOT / "tests" / "architecture" / "role_walk.txt"
SIGNS = {200: "+", 302: ">", 404: ".", 403: "x", 405: "p", 409: "w", 400: "?", 422: "?", 204: "0"}
ROLES = (
    "t01.clerk",
    "t01.coordinator",
    "t01.justice",  # has the case in hand
    "t01.deputy",
    "t01.secretary",
    "t01.v01",
    "t01.mediator",
    "t01.duty",
    "t02.clerk",  # of another town
    "hrss.handler",
    "county.office",
    "county.secretary",
    "auditor",
    "admin",
    "security",
)
# the API has tests of its own, against its schema; these show nothing of the county
NOT_WALKED = ("api/", "metrics", "i18n/", "gallery/", "accounts/logout/", "first-start/")
HOME = "(home)"
SOMETHING = {
    **{"step": "accept", "kind": "receipt", "code": "t01", "year": "2026", "day": "2026-03-02"},
    "key": "00000000-0000-4000-8000-000000000000",
}
VARIANTS: dict[str, dict[str, Samples]] = {  # one address, several pages; "?" is what follows the address
    "disputes/new/": {"": {}, "draft": {"?": f"draft={DRAFT}"}, "empty": {"?": f"draft={uuid4()}"}},
    "disputes/<str:number>/steps/<str:step>/": {
        "comment": {"step": "comment"},
        "submit_result": {"step": "submit_result"},
        "request_extension": {"step": "request_extension"},
    },
    "warnings/disputes/<str:number>/levels/<str:kind>/": {
        "raise": {"kind": "raise"},
        "lift": {"kind": "lift"},
    },
    "warnings/escalations/<int:escalation_id>/<str:step>/": {"instruct": {"step": "instruct"}},
}


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def filled(route: str, number: str) -> str | None:
    """The route with something in each part, also where no such row exists; None when it is a regular expression."""
    if any(sign in route for sign in "^(?$\\"):
        return None
    return filled_with(route, {"": _Anything(SOMETHING, number=number)})


class _Anything(dict[str, object]):
    """1 for every part nobody named."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> object:
        return 1


def walked() -> list[str]:
    """The rows of the table: each route once, or once for each variant."""
    found = []
    for route in dict.fromkeys(routes(get_resolver().url_patterns)):
        if route.startswith(NOT_WALKED) or filled(route, "1") is None:
            continue
        found += [f"{route} {variant}".strip() or HOME for variant in VARIANTS.get(route, {"": {}})]
    return sorted(found)


def address(row: str, samples: dict[str, Samples]) -> str:
    """What a row of the table asks for in the walked county."""
    route, _space, variant = ("" if row == HOME else row).partition(" ")
    return filled_with(route, samples, VARIANTS.get(route, {"": {}})[variant])


def table() -> dict[str, str]:
    """Row → one sign for each role, and the reason beside rows that show nothing to any of them."""
    lines = TABLE.read_text("utf-8").splitlines()
    rows = [line for line in lines if line and not line.startswith("#")]
    return {line[:76].strip(): line[76:].partition("#")[0].replace(" ", "") for line in rows}


def reasons() -> dict[str, str]:
    lines = TABLE.read_text("utf-8").splitlines()
    parts = [line[76:].partition("#") for line in lines]
    return {
        line[:76].strip(): part[2].strip()
        for line, part in zip(lines, parts, strict=True)
        if not line.startswith("#")
    }


def answers(clients: dict[str, Client], path: str) -> str:
    return "".join(_sign(client, path) for client in clients.values())


def _sign(client: Client, path: str) -> str:
    """One answer; what the page wrote, looks in the log above all, is taken back."""
    with transaction.atomic():
        answer = client.get(path)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return SIGNS.get(answer.status_code, f"({answer.status_code})")


@pytest.fixture
def quiet() -> Iterator[None]:
    """Each refusal is a line of the log, and thousands are asked for."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("quiet")
def test_every_page_answers_every_role_as_the_table_says(
    people: dict[str, Appointment], monday: datetime
) -> None:
    samples, expected = build(people, monday), table()
    clients = {role: client_of(people[role]) for role in ROLES}
    for client in clients.values():
        client.raise_request_exception = False
    wrong = []
    for row in walked():
        found = answers(clients, address(row, samples))
        if found != expected.get(row):
            wrong.append(f"{row:<75} {found}  the table says {expected.get(row)}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_row_of_the_table_is_a_page_of_today() -> None:
    assert sorted(table()) == walked()


def test_every_page_is_shown_to_somebody_or_says_why_not() -> None:
    hidden = {row for row, signs in table().items() if not {"+", "p", "0"} & set(signs)}
    assert {row for row in hidden if len(reasons().get(row, "")) < 10} == set()


@pytest.mark.parametrize("role", ["t02.clerk", "t01.v01", "t01.mediator", "hrss.handler", "auditor", "admin"])
def test_a_dispute_out_of_sight_answers_like_one_that_does_not_exist(
    role: str, people: dict[str, Appointment], clerk: Appointment, monday: datetime
) -> None:
    client, dispute = client_of(people[role]), registered(clerk, monday)
    of_it = [path for path in pages(dispute.number) if dispute.number in path]
    assert len(of_it) >= 3
    for path in of_it:
        status = client.get(path).status_code
        assert status in (403, 404, 405), path
        assert status == client.get(path.replace(dispute.number, "t01-2026-999999")).status_code, path
    assert client.get(f"/disputes/{dispute.number}/").status_code == 404


def test_the_anonymous_are_sent_to_the_login_everywhere(clerk: Appointment, monday: datetime) -> None:
    client, dispute = Client(), registered(clerk, monday)
    open_to_all = ("/accounts/", "/health", "/demo/loading/")  # how far the demo county is, on the login page
    shown = [
        path
        for path in pages(dispute.number)
        if not path.startswith(open_to_all) and client.get(path).status_code not in (302, 401, 403, 404, 405)
    ]
    assert shown == []


def pages(number: str) -> list[str]:
    found = {filled(row.partition(" ")[0], number) for row in walked() if row != HOME} | {"/"}
    return sorted(path for path in found if path)
