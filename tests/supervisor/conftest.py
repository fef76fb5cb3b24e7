"""Real services in a folder of the test's own."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from supervisor.layout import PROJECT, Layout
from supervisor.postgres import accepts_connections
from supervisor.redis import answers


def wait_until(condition: Callable[[], bool], seconds: float = 90.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


class Supervisor:
    """`python -m supervisor services` on one data folder."""

    def __init__(self, data: Path) -> None:
        self.layout = Layout(data)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        self.env = kept | {"DATA_DIR": str(data)}
        self.process: subprocess.Popen[str] | None = None

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "supervisor", *arguments]

    def run(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """A second supervisor on the same folder, until it ends."""
        return subprocess.run(
            self.command(*arguments),
            cwd=PROJECT,
            env=self.env | env,
            capture_output=True,
            text=True,
            timeout=180,
        )

    def start(self) -> None:
        self.process = subprocess.Popen(self.command("services"), cwd=PROJECT, env=self.env, text=True)
        wait_until(self.is_ready)

    def is_ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, "the supervisor ended"
        return accepts_connections(self.layout.run) and answers(self.layout.redis_socket)

    def send(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(120)

    def postgres_pid(self) -> int:
        return int((self.layout.postgres / "postmaster.pid").read_text().splitlines()[0])


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """Shorter than pytest's own folders, so that sockets fit beside the data."""
    with tempfile.TemporaryDirectory(prefix="hejie-t-") as folder:
        yield Path(folder) / "data"


@pytest.fixture
def supervisor(data_folder: Path) -> Iterator[Supervisor]:
    """Not started yet; stopped at the end, with whatever it left running."""
    supervisor = Supervisor(data_folder)
    yield supervisor
    if supervisor.process is not None and supervisor.process.poll() is None:
        supervisor.send(signal.SIGTERM)
    if supervisor.layout.children.exists():
        supervisor.run("exec", "true")
