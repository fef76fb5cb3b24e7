"""A WSGI application that says what it got, for tests of the server before it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

held: list[bytes] = []


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    if path == "/grow":
        held[:] = [os.urandom(1) * 240 * 2**20]  # not more however often it is asked
    if path == "/slow":
        Path(os.environ["ASKED_SLOWLY"]).touch()
        time.sleep(1.5)
    said = b"x" * 2**21 if path == "/large" else _seen(environ)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(said)))])
    return [said]


def _seen(environ: dict[str, Any]) -> bytes:
    """The process, the length claimed, the length that came."""
    claimed = environ.get("CONTENT_LENGTH") or "0"
    return f"{os.getpid()} {claimed} {len(environ['wsgi.input'].read())}".encode()
