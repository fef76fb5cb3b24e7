"""A mixed load: several people at once, each reading, looking through the ledger and taking steps in turn."""

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from threading import Barrier, Lock
from typing import Protocol

from benchmarks.machine import percentile, slowness

CLIENTS = 8
SECONDS = 20.0
READ, FIND, STEP = "reading a dispute", "list and search", "steps"
SHARES = {READ: 12, FIND: 6, STEP: 2}  # of twenty requests


class Unexpected(Exception):
    """A request was answered, but not as it should have been."""


class Client(Protocol):
    """One signed-in person; each method waits for its answer and raises where that is no good one."""

    def read(self) -> None: ...
    def find(self) -> None: ...
    def step(self) -> None: ...


@dataclass(frozen=True)
class Request:
    kind: str
    milliseconds: float
    failed: str = ""


@dataclass(frozen=True)
class Load:
    """What was sent, and how long it took from the first request to the last answer."""

    requests: tuple[Request, ...]
    seconds: float
    slowness: float = 1.0  # of the machine before and after

    def count(self, kind: str = "") -> int:
        """Of all kinds where none is said."""
        return sum(kind in ("", one.kind) for one in self.requests)

    def errors(self, kind: str = "") -> list[str]:
        return [f"{one.kind}: {one.failed}" for one in self.requests if kind in ("", one.kind) and one.failed]

    def rate(self, kind: str = "") -> float:
        """Good answers a second."""
        return len(self._times(kind)) / self.seconds

    def at(self, percent: int, kind: str = "") -> float:
        """Milliseconds of good answers; 0 where there were none."""
        times = self._times(kind)
        return percentile(times, percent) if times else 0.0

    def _times(self, kind: str) -> list[float]:
        return sorted(one.milliseconds for one in self.requests if kind in ("", one.kind) and not one.failed)


def run(clients: Sequence[Client], seconds: float) -> Load:
    """All begin together, after each has read and looked once; nobody begins anything after `seconds`."""
    for client in clients:
        client.read()
        client.find()
    before = slowness()
    deal, start = _Deck().deal, Barrier(len(clients) + 1)
    with ThreadPoolExecutor(len(clients)) as pool:
        going = [pool.submit(_work, client, deal, start, seconds) for client in clients]
        start.wait()
        began = time.perf_counter()
        requests = tuple(one for done in going for one in done.result())
        took = time.perf_counter() - began
    return Load(requests, took, (before + slowness()) / 2)


class _Deck:
    """Twenty cards shuffled once and dealt to all clients in turn: the shares are kept also in few requests."""

    def __init__(self) -> None:
        self.cards = [kind for kind, share in SHARES.items() for _number in range(share)]
        random.Random(5).shuffle(self.cards)
        self.numbers, self.lock = count(), Lock()

    def deal(self) -> str:
        with self.lock:
            return self.cards[next(self.numbers) % len(self.cards)]


def _work(client: Client, deal: Callable[[], str], start: Barrier, seconds: float) -> list[Request]:
    work = {READ: client.read, FIND: client.find, STEP: client.step}
    start.wait()
    until, sent = time.perf_counter() + seconds, []
    while time.perf_counter() < until:
        kind = deal()
        began, failed = time.perf_counter(), ""
        try:
            work[kind]()
        except Exception as error:  # counted and told; the others go on
            failed = f"{type(error).__name__}: {error}"[:200]
        sent.append(Request(kind, (time.perf_counter() - began) * 1000, failed))
    return sent
