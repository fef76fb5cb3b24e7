"""What the commands share: one data folder, its lock, its keeper, stopping on a signal."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

from supervisor.environment import given_from_outside, product_environment
from supervisor.errors import CannotStart, Stopped
from supervisor.identity import Identity, choose_identity
from supervisor.keeper import TICK, Keeper
from supervisor.layout import PROJECT, Layout, layout_from
from supervisor.leftovers import stop_leftovers
from supervisor.lock import Lock
from supervisor.postgres import accepts_connections
from supervisor.redis import answers
from supervisor.services import start_services

WAIT_FOR_OTHERS = 90.0


def say(text: str) -> None:
    print(f"hejie  | {text}", file=sys.stderr, flush=True)


@dataclass
class Session:
    """Use as a context manager; leaving it stops whatever was started."""

    given: dict[str, str]
    layout: Layout
    identity: Identity = field(default_factory=choose_identity)
    stopping: bool = False

    def __post_init__(self) -> None:
        self.lock = Lock(self.layout.lock)
        self.keeper = Keeper(self.layout.children, say, lambda: self.stopping)
        self._foreground: subprocess.Popen[bytes] | None = None

    @classmethod
    def open(cls, environ: dict[str, str]) -> "Session":
        given = given_from_outside(environ)
        session = cls(given, layout_from(given))
        session.layout.create()
        return session

    def __enter__(self) -> "Session":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_soon)
        return self

    def __exit__(self, *problem: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        self.keeper.stop()
        self.lock.release()

    def environment(self) -> dict[str, str]:
        """The whole environment of a program of the product."""
        return self.given | product_environment(self.layout, self.given)

    def take_over(self) -> bool:
        """Take the lock, and stop what a killed holder of it left running; False when somebody holds it."""
        taken = self.lock.take()
        if taken:
            stop_leftovers(self.layout.children)
        return taken

    def take_over_or_refuse(self) -> None:
        self.lock.take_or_refuse()
        stop_leftovers(self.layout.children)

    def start_services(self) -> None:
        start_services(self.keeper, self.layout, self.identity, self.given)

    def watch_until_stopped(self) -> None:
        while not self.stopping:
            self.keeper.watch()
            time.sleep(TICK)

    def run(self, command: list[str], extra: dict[str, str] | None = None) -> int:
        """Run a command in the foreground while the services are watched; its exit code. Ctrl-C reaches
        it from the terminal, other signals through us."""
        return self._attend(subprocess.Popen(command, env=self.environment() | (extra or {})))

    def run_step(self, command: list[str], extra: dict[str, str]) -> None:
        """Run a step of our own setting up; it is ended when we are asked to stop."""
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=self.environment() | extra,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        code = self._attend(process)
        if self.stopping:
            raise Stopped
        if code != 0:
            raise CannotStart(f"This failed; its own words stand above: {' '.join(command)}")

    def _attend(self, process: subprocess.Popen[bytes]) -> int:
        self._foreground = process
        while (code := process.poll()) is None:
            self.keeper.watch()
            time.sleep(0.02)
        self._foreground = None
        return code if code >= 0 else 128 - code

    def wait_for_others_services(self) -> None:
        """Another process holds the lock: its services are ours to use as soon as they answer."""
        deadline = time.monotonic() + WAIT_FOR_OTHERS
        while not self._services_answer():
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"Another process holds {self.layout.lock}, but its services do not answer."
                )
            time.sleep(TICK)

    def _services_answer(self) -> bool:
        database = self.given.get("DATABASE_URL") or accepts_connections(self.layout.run)
        broker = self.given.get("REDIS_URL") or answers(self.layout.redis_socket)
        return bool(database and broker)

    def _stop_soon(self, number: int, _frame: FrameType | None) -> None:
        self.stopping = True
        process = self._foreground
        if process is not None and (number != signal.SIGINT or os.getpgid(process.pid) != os.getpgrp()):
            process.terminate()
