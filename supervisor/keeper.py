"""Starts programs in order, starts each again when it dies, stops them in reverse."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from supervisor.backoff import count_death, delay_before_restart
from supervisor.errors import CannotStart, Stopped
from supervisor.leftovers import remember
from supervisor.program import Program
from supervisor.remains import GRACE, Remain, ask_to_end, still_there

TICK = 0.1
RETRY = 0.3


@dataclass
class Child:
    """A program and the process that runs it at the moment."""

    program: Program
    process: subprocess.Popen[bytes]
    started: float
    deaths: int = 0
    restart_at: float | None = None
    died: float = 0.0
    remains: list[Remain] = field(default_factory=list)


class Keeper:
    """`start` each program, call `watch` often, `stop` at the end. Not for use from several threads."""

    def __init__(self, memory: Path, say: Callable[[str], None], is_stopping: Callable[[], bool]) -> None:
        self._children: list[Child] = []
        self._is_stopping = is_stopping
        self._memory = memory
        self._say = say

    def start(self, program: Program) -> None:
        """Start and wait until ready. Early deaths are retried: a killed server's remains need 1-2 s."""
        begun = time.monotonic()
        child = Child(program, self._spawn(program), begun)
        self._children.append(child)
        self._write_down()
        while not program.is_ready(child.process.pid):
            if self._is_stopping():
                raise Stopped
            waited, dead = time.monotonic() - begun, child.process.poll() is not None
            if waited > (program.retry_seconds if dead else program.start_seconds):
                raise CannotStart(f"{program.name} did not become ready.{_last_lines(program)}")
            time.sleep(RETRY if dead else TICK)
            if dead:
                self._start_again(child)

    def watch(self) -> None:
        """One look at every child: note deaths, start again whose wait is over and whose remains are gone,
        so that no start fails on a port an orphan still holds. Never blocks."""
        now = time.monotonic()
        for child in list(self._children):
            if child.restart_at is not None:
                if now >= child.restart_at and _has_cleared_away(child, now):
                    self._start_again(child)
            elif (code := child.process.poll()) is None:
                continue
            elif child.program.ended is not None:
                self._let_go(child)
                child.program.ended(code)
            else:
                self._note_death(child, now)

    def pids(self) -> dict[str, int]:
        return {child.program.name: child.process.pid for child in self._children}

    def stop(self) -> None:
        """Last stage first; each child gets its own signal and time, then SIGKILL."""
        if not self._children:
            return  # the memory may be that of the process that holds the lock
        for stage in sorted({child.program.stage for child in self._children}, reverse=True):
            _stop_together([child for child in self._children if child.program.stage == stage])
        self._children.clear()
        self._memory.unlink(missing_ok=True)

    def _spawn(self, program: Program) -> subprocess.Popen[bytes]:
        program.prepare()
        return program.spawn()

    def _let_go(self, child: Child) -> None:
        """What was to run once is done; whatever it left running goes too."""
        ask_to_end(child.program.remains(child.process.pid), signal.SIGKILL)
        self._children.remove(child)
        self._write_down()

    def _note_death(self, child: Child, now: float) -> None:
        child.deaths = count_death(child.deaths, now - child.started)
        delay = delay_before_restart(child.deaths)
        child.died, child.restart_at = now, now + delay
        child.remains = child.program.remains(child.process.pid)
        ask_to_end(child.remains, signal.SIGTERM)
        self._say(f"{child.program.name} ended ({_ending(child.process)}); starting again in {delay:g} s")

    def _start_again(self, child: Child) -> None:
        child.process = self._spawn(child.program)
        child.started, child.restart_at = time.monotonic(), None
        self._write_down()

    def _write_down(self) -> None:
        rows = [(c.program.name, c.process.pid, c.program.stop_signal) for c in self._children]
        remember(self._memory, rows)


def _has_cleared_away(child: Child, now: float) -> bool:
    """Whether no orphan of a dead program is left; those that overstay are killed."""
    child.remains = still_there(child.remains)
    if child.remains and now > child.died + GRACE:
        ask_to_end(child.remains, signal.SIGKILL)
    return not child.remains


def _stop_together(children: list[Child]) -> None:
    """Ask all, then wait for each; whoever overstays is killed."""
    begun = time.monotonic()
    alive = [child for child in children if child.process.poll() is None]
    for child in alive:
        child.process.send_signal(child.program.stop_signal)
    for child in alive:
        left = begun + child.program.stop_seconds - time.monotonic()
        try:
            child.process.wait(max(left, 0.0))
        except subprocess.TimeoutExpired:
            _kill_session(child.process)


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    """The whole session: a worker's own children must not outlive it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _ending(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _last_lines(program: Program) -> str:
    if program.log is None or not program.log.exists():
        return ""
    lines = program.log.read_text(errors="replace").splitlines()[-8:]
    return "\n" + "\n".join(f"  {line}" for line in lines)
