"""The web server: gunicorn keeps the processes, waitress does the talking in each of them.

gunicorn's own threads read from the client, so sixteen that drip a byte a second stood for all there are (ADR 0023).
Here one loop reads whole requests and writes whole answers; a thread works only on what has arrived complete.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import sys
import time
from collections.abc import Iterable
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from config import limits

CONNECTIONS = 900  # open at once in one process; each costs a file descriptor and no thread
IDLE = 60  # seconds without a byte
WHOLE_REQUEST = 300  # seconds from its first byte to its last
LINGER = 5.0  # seconds in which the rest of a refused body is thrown away, so that the refusal is read
LAST_CALL = 2.0  # seconds in which a process that ends still hears who came just before
LOOK = 5.0  # seconds between two looks at our size
MEMORY = int(os.environ.get("WEB_MEMORY_MB", "700")) * limits.MEGABYTE
PAGE = os.sysconf("SC_PAGE_SIZE")


class Parser(HTTPRequestParser):
    """Refuses a body by what its headers claim, and one without a length while it comes. The refused request goes
    on without a body, with its length: `core.door` answers it in words."""

    refused = False

    def received(self, data: bytes) -> int:
        taken: int = super().received(data)
        if self.headers_finished and not self.error and self._is_too_large():
            self._refuse()
            return len(data)
        return taken

    def _is_too_large(self) -> bool:
        most = limits.most(self.path, self.headers.get("CONTENT_TYPE", ""))
        return self.content_length > most or self.body_bytes_received > most

    def _refuse(self) -> None:
        self.close()  # what has come of the body
        self.refused, self.completed, self.expect_continue, self.body_rcv = True, True, False, None
        self.headers["CONTENT_LENGTH"] = str(max(self.content_length, self.body_bytes_received))
        self.headers["CONNECTION"] = "close"


class Channel(HTTPChannel):
    """A connection. After a refusal it reads on for a moment without keeping anything: a client that is still
    sending would otherwise see only that the connection broke."""

    parser_class = Parser
    began = 0.0
    refused = served = False
    lingers_until: float | None = None

    def received(self, data: bytes) -> bool:
        if self.request is None:
            self.began = time.time()
        return bool(super().received(data))

    def service(self) -> None:
        self.served, self.refused = True, getattr(self.requests[0], "refused", False)
        super().service()

    def handle_close(self) -> None:
        if self.refused and self.connected and self.lingers_until is None:
            self.lingers_until = time.time() + LINGER
            self.will_close = self.close_when_flushed = False
            with contextlib.suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
            return
        super().handle_close()

    def readable(self) -> bool:
        return self.lingers_until is not None or bool(super().readable())

    def handle_read(self) -> None:
        if self.lingers_until is None:
            super().handle_read()
        elif time.time() > self.lingers_until:
            self.handle_close()
        else:
            self.recv(limits.HEADERS)  # closes by itself when the client has

    def is_overdue(self, now: float) -> bool:
        if self.lingers_until is not None:
            return now > self.lingers_until
        return self.request is not None and now > self.began + WHOLE_REQUEST


class Server(TcpWSGIServer):
    """A listening socket. While requests wait for a thread here, another process may take the new ones."""

    channel_class = Channel

    def readable(self) -> bool:
        return bool(super().readable()) and not self.task_dispatcher.queue

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            if channel.is_overdue(now):
                channel.will_close = True


class BufferingWorker(Worker):
    """One process: one loop that talks, `--threads` that work. Ends itself when it has grown too large or served
    `--max-requests`; gunicorn starts the next one."""

    servers: list[Server] = []  # set once by `run`

    def handle_exit(self, sig: int, frame: Any) -> None:
        """SIGTERM: the loop learns it now, not at its next look."""
        super().handle_exit(sig, frame)
        for server in self.servers:
            server.pull_trigger()

    def run(self) -> None:
        logging.getLogger("waitress").setLevel(logging.ERROR)
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(self.cfg.threads)
        self.open: dict[int, Any] = {}
        self.servers = [self._server(listener.sock, dispatcher) for listener in self.sockets]
        self._serve()
        for server in self.servers:
            wasyncore.dispatcher.close(server)  # only the listening: its trigger still wakes the loop
        self._finish(dispatcher)

    def _server(self, listener: socket.socket, dispatcher: ThreadedTaskDispatcher) -> Server:
        adjustments = Adjustments(
            sockets=[listener],
            threads=self.cfg.threads,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE,
            cleanup_interval=LINGER,
            max_request_header_size=limits.HEADERS,
            max_request_body_size=sys.maxsize,  # ours refuses, by what the request is
            clear_untrusted_proxy_headers=False,  # settings say which of them count
            log_socket_errors=False,
            ident="",
        )
        info = (listener.family, listener.type, listener.proto, listener.getsockname())
        return Server(
            self._counted, self.open, True, listener,
            dispatcher=dispatcher, adj=adjustments, sockinfo=info, bind_socket=False,
        )  # fmt: skip

    def _counted(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.nr += 1
        if self.nr >= self.max_requests:
            self.alive = False
        return self.wsgi(environ, start_response)

    def _serve(self) -> None:
        looked = time.monotonic()
        while self.alive and self.ppid == os.getppid():
            self.notify()
            self._talk(1.0)
            if time.monotonic() > looked + LOOK:
                looked = time.monotonic()
                self.alive = self.alive and not self._is_too_big()

    def _talk(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self.open, count=1)

    def _is_too_big(self) -> bool:
        size = resident()
        if size > MEMORY:
            self.log.warning("this process holds %d MB and gives way to a fresh one", size // limits.MEGABYTE)
        return size > MEMORY

    def _finish(self, dispatcher: ThreadedTaskDispatcher) -> None:
        """No new connections; what was asked is answered, for as long as gunicorn gives us."""
        began = time.monotonic()
        while (waited := time.monotonic() - began) < self.cfg.graceful_timeout:
            if not any(_has_work(channel, waited) for channel in list(self.open.values())):
                break
            self.notify()
            self._talk(0.1)
        dispatcher.shutdown(cancel_pending=False, timeout=1)
        wasyncore.close_all(self.open, ignore_all=True)


def _has_work(channel: Any, waited: float) -> bool:
    """Something to answer or to send; for a moment also who came just now or is in the middle of asking."""
    if not isinstance(channel, Channel):
        return False
    if channel.requests or channel.total_outbufs_len:
        return True
    return waited < LAST_CALL and (channel.request is not None or not channel.served)


def resident() -> int:
    """Bytes of memory this process holds."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * PAGE
