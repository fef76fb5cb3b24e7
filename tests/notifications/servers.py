"""A mail server and a webhook receiver on real sockets, obedient or not."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ACCEPTED = "250 ok"


@dataclass
class MailServer:
    """`answer` is what it says to a whole message; empty: it hangs up instead. `to` answers a recipient."""

    port: int = 0
    answer: str = ACCEPTED
    to: str = ACCEPTED
    mails: list[str] = field(default_factory=list)


class _Session(socketserver.StreamRequestHandler):
    book: MailServer

    def handle(self) -> None:
        self._say("220 test")
        for line in iter(self.rfile.readline, b""):
            word = line.decode().strip().split(":")[0].split(" ")[0].upper()
            if word == "QUIT":
                return self._say("221 bye")
            if word == "DATA":
                self._say("354 go on")
                if not self._take_mail():
                    return None
                continue
            self._say(self.book.to if word == "RCPT" else "250 ok")
        return None

    def _take_mail(self) -> bool:
        lines = [line.decode() for line in iter(self.rfile.readline, b".\r\n")]
        self.book.mails.append("".join(lines))
        if self.book.answer:
            self._say(self.book.answer)
        return bool(self.book.answer)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mail_server() -> Iterator[MailServer]:
    book = MailServer()
    handler = type("Session", (_Session,), {"book": book})
    with _running(_Server(("127.0.0.1", 0), handler)) as port:
        book.port = port
        yield book


@dataclass
class Receiver:
    """What a webhook got; `status` is what it answers."""

    port: int = 0
    status: int = 200
    got: list[tuple[str, dict[str, str]]] = field(default_factory=list)


class _Hook(BaseHTTPRequestHandler):
    book: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.book.got.append((self.path, json.loads(body)))
        self.send_response(self.book.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def receiver() -> Iterator[Receiver]:
    book = Receiver()
    handler = type("Hook", (_Hook,), {"book": book})
    with _running(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as port:
        book.port = port
        yield book


@contextmanager
def _running(server: socketserver.TCPServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
