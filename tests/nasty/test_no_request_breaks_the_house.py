"""Whatever is sent to whichever address by whomever: never a 500. `NASTY_REQUESTS=20000` asks more of it."""

from __future__ import annotations

import logging
import os
import traceback
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client

from accounts.models import Appointment
from core import door
from supervisor.layout import PROJECT
from tests.factories.accounts import api_client_of, client_of
from tests.nasty.county import fill
from tests.nasty.generator import Asked, Generator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

REQUESTS = int(os.environ.get("NASTY_REQUESTS", "2000"))
SEED = os.environ.get("NASTY_SEED", "2026")
ROLES = (
    "t01.coordinator",
    "t01.clerk",
    "t01.deputy",
    "t01.justice",
    "county.office",
    "county.secretary",
    "admin",
    "auditor",
    "",
)
ROUNDS = 2


class Faults:
    """What broke, each once: the error, where in our code, and the request that did it."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.where = ""

    def note(self, **_given: Any) -> None:
        self.where = traceback.format_exc()

    def add(self, asked: Asked, role: str, status: int) -> None:
        ours = [
            line.strip() for line in self.where.splitlines() if str(PROJECT) in line and ".venv" not in line
        ]
        said = f"{status} {self.where.strip().splitlines()[-1][:200] if self.where else ''} at {ours[-1:]}"
        self.found.setdefault(said, f"{role or 'nobody'}: {asked}")


def send(client: Client, asked: Asked) -> Any:
    """The answer; what the request wrote is taken back, so that each finds the same county."""
    environ, cookies = asked.environ(), deepcopy(client.cookies)
    cookie = environ.pop("cookie", None)
    if cookie is not None:
        held = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        environ["HTTP_COOKIE"] = f"{held}; {cookie}"
    door.before_django(environ)  # as config.wsgi does
    with transaction.atomic():
        try:
            return client.request(**environ, **{"wsgi.input": BytesIO(asked.body)})
        finally:
            transaction.set_rollback(True)
            client.cookies = cookies


def browsers(people: dict[str, Appointment]) -> dict[str, tuple[Client, Client]]:
    """A browser and a machine for each role; nobody's have no rights."""
    made = {role: (client_of(people[role]), api_client_of(people[role])) for role in ROLES if role}
    made[""] = (Client(), Client())
    for pair in made.values():
        for client in pair:
            client.raise_request_exception = False
    return made


def look_around(
    generator: Generator, everybody: dict[str, tuple[Client, Client]], roles: tuple[str, ...]
) -> None:
    """A first calm walk, each page by one of the roles, from which the generator knows their forms."""
    for asked in generator.calm():
        role = generator.random.choice(roles)
        learn(generator, asked, role, send(everybody[role][0], asked))


def learn(generator: Generator, asked: Asked, role: str, answer: Any) -> None:
    if answer.status_code == 200 and "html" in answer.get("Content-Type", "") and not answer.streaming:
        generator.learn(asked.path, role, answer.content.decode("utf-8", "replace"))


@pytest.mark.parametrize("part", range(ROUNDS))
def test_no_request_breaks_the_house(
    part: int, people: dict[str, Appointment], monday: datetime, clerk: Appointment
) -> None:
    generator = Generator(f"{SEED}-{part}", [dispute.number for dispute in fill(people, monday)])
    faults, everybody = Faults(), browsers(people)
    got_request_exception.connect(faults.note)
    logging.disable()  # a traceback of each refused host takes a second to print
    try:
        look_around(generator, everybody, ROLES[part::ROUNDS])
        for _each in range(REQUESTS // ROUNDS):
            asked = generator.next_one()
            role = asked.role if asked.role is not None else generator.random.choice(ROLES)
            browser, machine = everybody[role]
            faults.where = ""
            answer = send(machine if asked.path.startswith("/api/") else browser, asked)
            if answer.status_code >= 500:
                faults.add(asked, role, answer.status_code)
            else:
                learn(generator, asked, role, answer)
    finally:
        logging.disable(logging.NOTSET)
        got_request_exception.disconnect(faults.note)
    assert not faults.found, "\n\n".join(f"{said}\n   {asked}" for said, asked in faults.found.items())
