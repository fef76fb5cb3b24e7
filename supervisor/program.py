"""One program we keep running: how it starts, when it is ready, how it stops."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from supervisor.identity import Identity
from supervisor.remains import Remain, of_session

LONGEST_LOG = 20 * 1024 * 1024


@dataclass(frozen=True)
class Program:
    """The description; `keeper.Keeper` does the work. `prepare` runs before every
    start; `is_ready` gets the pid of the process just started, `remains` that of one just dead."""

    name: str
    argv: tuple[str, ...]
    identity: Identity
    cwd: Path
    env: dict[str, str]
    log: Path | None = None  # None: lines go to our own output with the program's name before them
    stage: int = 0  # those of a later stage are all stopped before an earlier one is
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 30.0
    start_seconds: float = 60.0
    retry_seconds: float = 15.0  # how long an early death at the start is answered by another try
    is_ready: Callable[[int], bool] = field(default=lambda _pid: True)
    prepare: Callable[[], None] = field(default=lambda: None)
    remains: Callable[[int], list[Remain]] = of_session  # what it left running when it died
    ended: Callable[[int], None] | None = (
        None  # for what runs once: is told the exit code, nothing is started again
    )

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start it in a session of its own, so that Ctrl-C reaches only the supervisor."""
        if self.log is None:
            process = self._popen(subprocess.PIPE)
            threading.Thread(target=relay, args=(self.name, process), daemon=True).start()
            return process
        set_aside_when_long(self.log)
        with self.log.open("ab") as output:
            os.fchmod(output.fileno(), 0o600)
            return self._popen(output)

    def _popen(self, output: object) -> subprocess.Popen[bytes]:
        changed = {} if self.identity.uid is None else {"extra_groups": ()}
        return subprocess.Popen(  # type: ignore[call-overload] # output is a file or PIPE
            [*self.identity.prefix, *self.argv],
            cwd=self.cwd,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=self.identity.uid,
            group=self.identity.gid,
            **changed,
        )


def set_aside_when_long(log: Path) -> None:
    """At a start a long log becomes the `.old` one, so that two files are all there ever is."""
    if log.exists() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_suffix(".old"))


def relay(name: str, process: subprocess.Popen[bytes]) -> None:
    """Pass a program's lines on until it closes its output."""
    if process.stdout is None:
        return
    for line in process.stdout:
        text = line.decode(errors="replace").rstrip()
        print(f"{name:<7}| {text}", flush=True)
