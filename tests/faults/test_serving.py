"""Slow clients hold no thread, large bodies are not taken, a process that has grown gives way."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import limits
from supervisor.layout import PROJECT
from tests import slowness
from tests.faults.product import free_port, wait_until

pytestmark = pytest.mark.fault

THREADS = 16  # of both processes together
DRIPPERS = 2 * THREADS


class Web:
    """gunicorn with our worker and as many threads as the product has."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.clients: list[socket.socket] = []
        gunicorn = Path(sys.executable).with_name("gunicorn")
        command = [str(gunicorn), "tests.faults.tiny:application", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--worker-class", "config.serving.BufferingWorker", "--workers", "2", "--threads", "8"]
        command += ["--graceful-timeout", "20", "--no-control-socket", "--log-level", "warning"]
        self.asked_slowly = folder / "asked-slowly"
        env = os.environ | {"WEB_MEMORY_MB": "200", "PYTHONPATH": str(PROJECT)}
        env["ASKED_SLOWLY"] = str(self.asked_slowly)
        with (folder / "web.log").open("wb") as log:
            self.process = subprocess.Popen(command, cwd=PROJECT, env=env, stdout=log, stderr=log)
        wait_until(self.answers, 60)

    def answers(self) -> bool:
        try:
            return self.get("/") != ""
        except OSError:
            return False

    def get(self, path: str, timeout: float = 30.0) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def pid(self) -> str:
        return self.get("/").split()[0]

    def grown(self) -> str:
        """The process that has just become larger."""
        return self.get("/grow").split()[0]

    def connect(self) -> socket.socket:
        """Closed at the test's end."""
        client = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.clients.append(client)
        return client


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    web = Web(tmp_path)
    yield web
    for client in web.clients:
        client.close()
    if web.process.poll() is None:
        web.process.send_signal(signal.SIGTERM)
    web.process.wait(60)


def read_all(client: socket.socket) -> bytes:
    parts = []
    while part := client.recv(65536):
        parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize(
    "start",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n",
    ],
    ids=["headers", "body", "chunks"],
)
def test_clients_that_drip_hold_nobody_up(web: Web, start: bytes) -> None:
    slow = [web.connect() for _each in range(DRIPPERS)]
    for client in slow:
        client.sendall(start)
    waits = []
    for _round in range(10):
        for client in slow:
            client.sendall(b"a")
        begun = time.monotonic()
        web.get("/")
        waits.append(time.monotonic() - begun)
        time.sleep(0.1)
    assert max(waits) < 3 * slowness.of_machine()  # with gunicorn's own threads nobody was answered at all


def test_clients_that_do_not_read_hold_nobody_up(web: Web) -> None:
    deaf = [web.connect() for _each in range(DRIPPERS)]
    for client in deaf:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(0.5)
    begun = time.monotonic()
    web.get("/")
    assert time.monotonic() - begun < 3 * slowness.of_machine()


def test_a_body_that_claims_to_be_too_large_is_answered_before_it_comes(web: Web) -> None:
    client = web.connect()
    client.sendall(f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {2**40}\r\n\r\nabc".encode())
    head, _mark, said = read_all(client).partition(b"\r\n\r\n")
    assert said.split()[1:] == [str(2**40).encode(), b"0"]  # the page learns the length and gets no body
    assert b"connection: close" in head.lower()


def test_a_client_that_goes_on_sending_still_reads_the_answer(web: Web) -> None:
    client = web.connect()
    client.sendall(f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {2**24}\r\n\r\n".encode())
    for _megabyte in range(8):
        client.sendall(b"x" * 2**20)
    assert read_all(client).partition(b"\r\n\r\n")[2].split()[1] == str(2**24).encode()


def test_chunks_are_counted_while_they_come(web: Web) -> None:
    client, sent = web.connect(), 0
    client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    said, patience = b"", 5 * slowness.of_machine()
    while not said and sent < 2 * limits.SMALL:
        client.settimeout(30)
        client.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        sent += 65536
        client.settimeout(0.02 if sent <= limits.SMALL else patience)
        try:
            said = client.recv(65536)
        except TimeoutError:
            continue
    assert limits.SMALL <= sent < limits.SMALL + 2 * limits.MEGABYTE
    client.settimeout(30)
    while len(said.partition(b"\r\n\r\n")[2].split()) < 3 and (more := client.recv(65536)):
        said += more  # the answer may come in pieces
    claimed, came = said.partition(b"\r\n\r\n")[2].split()[1:]
    assert int(claimed) > limits.SMALL
    assert came == b"0"


def test_chunks_within_the_limit_arrive_whole(web: Web) -> None:
    client = web.connect()
    client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n")
    client.sendall(b"5\r\nhallo\r\n0\r\n\r\n")
    assert read_all(client).partition(b"\r\n\r\n")[2].split()[1:] == [b"5", b"5"]


def test_a_process_that_has_grown_gives_way_to_a_fresh_one(web: Web) -> None:
    """Asked until each of the first ones has grown: the system may hand many requests in a row to one of them."""
    before = {web.pid() for _each in range(20)}
    grown: set[str] = set()
    while not before <= grown:
        grown.add(web.grown())
    wait_until(lambda: not before & {web.pid() for _each in range(20)}, 90)


def test_what_was_asked_is_answered_before_the_end(web: Web) -> None:
    said: list[str] = []
    asking = threading.Thread(target=lambda: said.append(web.get("/slow")))
    asking.start()
    wait_until(web.asked_slowly.exists)
    web.process.send_signal(signal.SIGTERM)
    asking.join(60)
    assert said
    assert said[0].split()[1:] == ["0", "0"]
    assert web.process.wait(60) == 0
