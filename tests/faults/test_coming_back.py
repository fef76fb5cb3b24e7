"""Whichever single process is killed, the next good answer is a matter of seconds."""

from __future__ import annotations

import os
import re
import signal
import statistics
import time
from collections.abc import Callable

import pytest

from supervisor.backoff import LONGEST_DELAY
from supervisor.leftovers import started_at
from supervisor.remains import of_session
from tests.faults.product import Product, wait_until
from tests.slowness import of_machine

pytestmark = pytest.mark.fault

MEDIAN, WORST = 5.0, 15.0  # seconds on two cores that have nothing else to do
KILLS = int(os.environ.get("KILLS", "1"))  # of each; more of them for the table in docs/performance.md


def a_child_of(product: Product, name: str) -> int:
    """The first process that program started itself: a web worker, a worker's child."""

    def children() -> list[int]:
        leader = product.pid(name)  # asked anew: the one before may lie dead
        return [pid for pid, _tick in of_session(leader) if pid != leader]

    wait_until(lambda: children() != [])
    return min(children())


def a_backend(product: Product) -> int:
    """A connection of the web server's."""
    asked = "SELECT pid FROM pg_stat_activity WHERE usename = 'hejie_app' ORDER BY backend_start LIMIT 1"
    return int(product.rows(asked)[0][0])


VICTIMS: dict[str, Callable[[Product], int]] = {
    "gunicorn master": lambda product: product.pid("web"),
    "gunicorn worker": lambda product: a_child_of(product, "web"),
    "celery worker": lambda product: product.pid("worker"),
    "celery child": lambda product: a_child_of(product, "worker"),
    "beat": lambda product: product.pid("beat"),
    "redis": lambda product: product.pid("redis"),
    "postgres postmaster": lambda product: product.pid("postgres"),
    "postgres backend": a_backend,
}


def is_there(product: Product, name: str) -> bool:
    """Pages answer before a worker that was killed has a successor: the next blow waits for that."""
    return started_at(VICTIMS[name](product)) is not None


def is_good(product: Product) -> bool:
    health = product.call("GET", "/health/")
    return (
        health.status == 200
        and health.body == {"database": True, "broker": True}
        and product.call("GET", "/accounts/login/").status == 200
    )


@pytest.mark.parametrize("name", VICTIMS)
def test_a_good_answer_comes_soon_after_a_kill(product: Product, name: str) -> None:
    waits = []
    for _each in range(KILLS):
        wait_until(lambda: is_good(product) and is_there(product, name))
        time.sleep(1)
        os.kill(VICTIMS[name](product), signal.SIGKILL)
        begun = time.monotonic()
        time.sleep(0.05)  # until it is really gone
        wait_until(lambda: is_good(product))
        waits.append(time.monotonic() - begun)
    slowness = of_machine()
    print(f"{name}: {[round(wait, 1) for wait in waits]} s, slowness {slowness:.1f}")
    assert statistics.median(waits) <= (MEDIAN + 5) * slowness
    assert max(waits) <= WORST * slowness


def test_no_wait_of_the_supervisors_own_was_long_or_doubled(product: Product) -> None:
    """Nothing it started again died on what its own orphans still held."""
    waits = [float(seconds) for seconds in re.findall(r"starting again in ([\d.]+) s", product.said())]
    assert waits
    assert max(waits) <= LONGEST_DELAY
    assert "Address already in use" not in product.said()
