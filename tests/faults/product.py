"""The whole product as `make run` starts it, on a data folder and a port of the test's own."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from supervisor.layout import PROJECT, Layout
from supervisor.leftovers import started_at

START_SECONDS = 300  # a busy machine is slow, not broken
SMALL_COUNTY = """
set -e
export DATABASE_URL="$OWNER_DATABASE_URL"
"$0" manage.py migrate --no-input --verbosity 0
"$0" manage.py load_reference_data
"$0" manage.py load_demo_county --count 24 --strict
"""


def wait_until(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    """What the API said; status 0 when nobody answered."""

    status: int
    body: Any = None


@dataclass
class Product:
    """Started once for many tests; every test leaves it running and healthy."""

    data: Path
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.layout = Layout(self.data)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}
        own = {"DATA_DIR": str(self.data), "PORT": str(self.port)}
        self.env = kept | own | {"API_RATE": "100000/min"}
        self.output = self.data.parent / "output.log"

    def supervise(self, *arguments: str) -> subprocess.Popen[str]:
        """A supervisor command of ours, its words in `output`."""
        command = [sys.executable, "-m", "supervisor", *arguments]
        with self.output.open("a") as output:
            return subprocess.Popen(
                command, cwd=PROJECT, env=self.env, stdout=output, stderr=subprocess.STDOUT, text=True
            )

    def set_up(self) -> None:
        """The demo county with few disputes: everybody has their account, and it is quick."""
        setting_up = self.supervise("exec", "--", "sh", "-c", SMALL_COUNTY, sys.executable)
        assert setting_up.wait(600) == 0, self.said()[-3000:]

    def start(self) -> None:
        self.process = self.supervise("run")
        try:
            wait_until(self.is_up, START_SECONDS)
        except BaseException:
            self.stop(signal.SIGTERM)
            raise

    def is_up(self) -> bool:
        assert self.process.poll() is None, f"make run ended:\n{self.said()[-3000:]}"
        return f"127.0.0.1:{self.port}/" in self.said().rpartition("ready after")[2]

    def said(self) -> str:
        return self.output.read_text() if self.output.exists() else ""

    def page(self, path: str) -> str:
        """What a browser gets before anybody signed in."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Host": f"127.0.0.1:{self.port}"})
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(180)

    def pid(self, name: str) -> int:
        """Of `postgres`, `redis`, `web`, `worker` or `beat`."""
        rows = json.loads(self.layout.children.read_text())
        return next(int(row["pid"]) for row in rows if row["name"] == name)

    def kill(self, name: str) -> int:
        """SIGKILL, as a machine out of memory would; the dead pid."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: started_at(pid) is None)
        return pid

    def wait_for_another(self, name: str, old: int) -> None:
        wait_until(lambda: self.pid(name) != old and started_at(self.pid(name)) is not None)

    def manage_command(self, *arguments: str) -> list[str]:
        manage = [sys.executable, "manage.py", *arguments]
        return [sys.executable, "-m", "supervisor", "exec", "--", *manage]

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A management command beside the running product."""
        return subprocess.run(
            self.manage_command(*arguments),
            cwd=PROJECT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def token(self, username: str) -> str:
        issued = self.manage("issue_api_token", username)
        assert issued.returncode == 0, issued.stderr
        return issued.stdout.split()[-1]

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds, seen by the owner of its tables."""
        address = f"postgres://hejie_owner@/hejie?host={self.layout.run}"
        with psycopg.connect(address, autocommit=True) as connection:
            return connection.execute(query, values or None).fetchall()  # type: ignore[arg-type] # the tests' own

    def call(self, method: str, path: str, token: str = "", body: Any = None, key: str = "") -> Answer:
        headers = {"Content-Type": "application/json", "Host": f"127.0.0.1:{self.port}"}
        headers |= {"Authorization": f"Token {token}"} if token else {}
        headers |= {"Idempotency-Key": key} if key else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException):
            return Answer(0)
        finally:
            connection.close()
        is_json = "json" in (response.headers.get("Content-Type") or "")
        return Answer(response.status, json.loads(text) if is_json else text)
