import uuid
from argparse import ArgumentParser
from collections.abc import Callable
from itertools import count
from typing import Any

from django.core.management.base import BaseCommand
from django.test import Client

from accounts.models import User
from accounts.services import tokens
from benchmarks import databases, layers
from benchmarks.pages import clerk, registration, registration_form
from benchmarks.server import HOST
from core import clock
from core.actor import Actor

NAME = "hejie_cost"
WARM_UP, RUNS = 5, 40


class Command(BaseCommand):
    help = "What one registration costs by API and by form, by layer: statements and calls, counted in this process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sql", action="store_true", help="print each statement with its layer")
        parser.add_argument("--runs", type=int, default=RUNS)

    def handle(self, *args: Any, **options: Any) -> None:
        databases.create(NAME, now=clock.now())
        with databases.using(NAME):
            for name, work in (("API", _by_api()), ("form", _by_form())):
                for _ in range(WARM_UP):
                    work()
                cost = layers.cost_of(work)
                self._say(name, cost, layers.cpu_ms(work, options["runs"]))
                if options["sql"]:
                    for layer, sql in cost.statements:
                        self.stdout.write(f"  [{layer}] {sql[:400]}")

    def _say(self, name: str, cost: layers.Cost, cpu: list[float]) -> None:
        self.stdout.write(
            f"| {name} | statements {len(cost.statements)} | calls {sum(cost.calls.values())}"
            f" | cpu p50 {cpu[len(cpu) // 2]:.1f} ms, least {cpu[0]:.1f} ms |"
        )
        for layer, calls in cost.calls.most_common():
            self.stdout.write(f"| | {layer} | {cost.sent(layer)} | {calls} |")


def _by_api() -> Callable[[], None]:
    now, numbers = clock.now(), count()
    _token, secret = tokens.issue(appointment=clerk(), by=Actor.system("bench"), now=now, label="bench")
    client = Client(headers={"host": HOST, "authorization": f"Token {secret}"})

    def post() -> None:
        answer = client.post(
            "/api/v1/disputes/",
            registration(now, next(numbers)),
            content_type="application/json",
            headers={"idempotency-key": uuid.uuid4().hex},
        )
        if answer.status_code != 201:
            raise RuntimeError(f"registration: {answer.status_code} {answer.content.decode()[:300]}")

    return post


def _by_form() -> Callable[[], None]:
    numbers = count()
    client = Client(headers={"host": HOST})
    client.force_login(User.objects.get(username="t01.clerk"))

    def post() -> None:
        answer = client.post(f"/disputes/new/?draft={uuid.uuid4()}", registration_form(next(numbers)))
        if answer.status_code != 302:
            raise RuntimeError(f"registration by form: {answer.status_code}")

    return post
