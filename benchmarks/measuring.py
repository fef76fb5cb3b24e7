"""Times over HTTP, queries in this process."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client

from accounts.models import User
from accounts.services import tokens
from benchmarks.machine import percentile, slowness
from benchmarks.pages import Page, clerk, registration, registration_form
from benchmarks.server import HOST, Browser, Server, session_of
from calendars.models import Deadline
from calendars.services.sweep import sweep
from core.actor import Actor

WARM_UP, SAMPLES = 8, 60
JUST_OVERDUE = 10_000
SWEEP_BUDGET_S = 20


@dataclass(frozen=True)
class Figure:
    """One line of the table; `queries` is not counted for every line."""

    name: str
    p50: float
    p95: float
    budget: float
    queries: int = 0
    most_queries: int = 0
    peer: str = ""
    unit: str = "ms"
    cpu: float = 0  # of the web workers, for one request
    slowness: float = 1.0  # of the machine while it was taken, see `benchmarks.machine`

    @property
    def is_over(self) -> bool:
        """Also at the speed the budgets were set at."""
        return self.p95 / self.slowness > self.budget


def on_this_machine(work: Callable[[], Figure]) -> Figure:
    """The figure, with how slow the machine was before and after."""
    before = slowness()
    figure = work()
    return replace(figure, slowness=(before + slowness()) / 2)


def page(one: Page, server: Server) -> Figure:
    browser = Browser(server.port, cookie=session_of(one.who))

    def open_it() -> None:
        answer = browser.get(one.path)
        if answer.status != 200:
            raise RuntimeError(f"{one.path} as {one.who}: {answer.status}")

    times, cpu = timed(open_it, server)
    figure = Figure(
        one.name, percentile(times, 50), percentile(times, 95), one.budget_ms, cpu=cpu, peer=one.peer
    )
    return replace(figure, queries=queries_of(one), most_queries=one.most_queries)


def queries_of(one: Page) -> int:
    """How many statements the page sends, the session's included; on a warm cache."""
    client = Client(headers={"host": HOST})
    client.force_login(User.objects.get(username=one.who))
    client.get(one.path)
    counter = _Counter()
    with connection.execute_wrapper(counter):
        client.get(one.path)
    return counter.count


def register(server: Server, now: datetime) -> Figure:
    """The whole registration over the API, everything included."""
    _token, secret = tokens.issue(appointment=clerk(), by=Actor.system("bench"), now=now, label="bench")
    browser, numbers = Browser(server.port, token=secret), iter(range(10_000))

    def post() -> None:
        body = registration(now, next(numbers))
        answer = browser.post("/api/v1/disputes/", body, {"Idempotency-Key": uuid.uuid4().hex})
        if answer.status != 201:
            raise RuntimeError(f"registration: {answer.status} {answer.body.decode()[:300]}")

    times, cpu = timed(post, server)
    return Figure(
        "register (API)", percentile(times, 50), percentile(times, 95), 80, peer="create_post", cpu=cpu
    )


def register_by_form(server: Server) -> Figure:
    """The same over the form: what the browser sends when the clerk presses the button."""
    browser, numbers = Browser(server.port, cookie=session_of("t01.clerk")), iter(range(10_000))

    def post() -> None:
        path = f"/disputes/new/?draft={uuid.uuid4()}"
        answer = browser.send_form(path, registration_form(next(numbers)))
        if answer.status != 302:
            raise RuntimeError(f"registration by form: {answer.status}")

    times, cpu = timed(post, server)
    return Figure(
        "register (form)", percentile(times, 50), percentile(times, 95), 80, peer="create_post", cpu=cpu
    )


def sweeping(now: datetime) -> Figure:
    """One deadline sweep in which 10,000 deadlines, at most half of the running ones, have just become overdue.

    What fell due since the data were made is flagged before and not measured.
    """
    sweep(now)
    running = Deadline.objects.running().filter(due_at__gt=now)
    overdue = min(JUST_OVERDUE, running.count() // 2)
    late = list(running.order_by("pk").values_list("pk", flat=True)[:overdue])
    soon = now + timedelta(minutes=1)
    Deadline.objects.filter(pk__in=late).update(due_at=soon, soon_at=now)
    started = time.perf_counter()
    report = sweep(soon + timedelta(seconds=1))
    seconds = time.perf_counter() - started
    name = f"deadline sweep, {running.count() + overdue} running, {report.missed.changed} missed"
    return Figure(name, seconds, seconds, SWEEP_BUDGET_S, unit="s")


def timed(work: Callable[[], None], server: Server) -> tuple[list[float], float]:
    """Each request's time, sorted, and the workers' mean processor time."""
    for _number in range(WARM_UP):
        work()
    times, before = [], server.cpu_ms()
    for _number in range(SAMPLES):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times), (server.cpu_ms() - before) / SAMPLES


class _Counter:
    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.count += 1
        return execute(*args)
