"""The product as it is served, on a port of its own, and a browser's part against it."""

import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import get_random_string

from accounts.models import User

HOST = "127.0.0.1"
WORKERS, THREADS = "2", "8"  # as in the Procfile
START_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    location: str = ""  # where a redirect leads


@dataclass
class Browser:
    """A new connection for each request, as the peer is measured; a session or a token."""

    port: int
    cookie: str = ""
    token: str = ""
    cookie_name: str = settings.SESSION_COOKIE_NAME

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, data: dict[str, object], headers: dict[str, str]) -> Answer:
        return self._ask(
            "POST", path, json.dumps(data).encode(), {"Content-Type": "application/json"} | headers
        )

    def send_form(self, path: str, fields: dict[str, str]) -> Answer:
        """As the page's own form is sent: with the session and a token against forgery."""
        token = get_random_string(32)
        kept, self.cookie = self.cookie, f"{self.cookie}; {settings.CSRF_COOKIE_NAME}={token}"
        kind = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token}
        try:
            return self._ask("POST", path, urlencode(fields).encode(), kind)
        finally:
            self.cookie = kept

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        headers = headers | {"Accept-Language": "zh-CN"}
        if self.cookie:
            headers["Cookie"] = f"{self.cookie_name}={self.cookie}"
        if self.token:
            headers["Authorization"] = f"Token {self.token}"
        link = http.client.HTTPConnection(HOST, self.port, timeout=120)
        try:
            link.request(method, path, body, headers)
            answer = link.getresponse()
            return Answer(answer.status, answer.read(), answer.getheader("Location", ""))
        finally:
            link.close()


def session_of(username: str) -> str:
    """A session as the login makes it, without the price of hashing a password."""
    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@dataclass(frozen=True)
class Server:
    """A running gunicorn: its port, and what its workers have cost so far."""

    port: int
    pid: int

    def cpu_ms(self) -> float:
        """Processor time of all workers; unlike a stopwatch it hardly minds what else the machine does."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        ticks = 0
        for child in children:
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks * 1000 / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(database: str) -> Iterator[Server]:
    """gunicorn as the Procfile starts it."""
    port = free_port()
    command = [
        *("gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}", "--worker-class", "gthread"),
        *("--workers", WORKERS, "--threads", THREADS, "--timeout", "120", "--log-level", "warning"),
        *("--no-control-socket",),
    ]
    environment = os.environ | {"DATABASE_URL": database_url(database), "ALLOWED_HOSTS": HOST}
    binary = Path(settings.BASE_DIR) / ".venv" / "bin" / command[0]
    with running([str(binary), *command[1:]], environment, Path(settings.BASE_DIR), port) as server:
        yield server


@contextmanager
def running(command: list[str], environment: Mapping[str, str], folder: Path, port: int) -> Iterator[Server]:
    """A web server of that command, from its first open port to its end."""
    process = subprocess.Popen(command, env=environment, cwd=folder)
    try:
        _wait(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def database_url(name: str) -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{name}"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection((HOST, port), 1):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("gunicorn did not come up")
