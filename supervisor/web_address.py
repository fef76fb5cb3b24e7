"""Where the web server listens: is the port free, does it answer yet."""

import errno
import http.client
import socket
from dataclasses import dataclass

from supervisor.errors import CannotStart


@dataclass(frozen=True)
class WebAddress:
    host: str
    port: int
    called: str = ""  # the name we ask under; the product answers only to its allowed names

    @property
    def url(self) -> str:
        return f"http://{_in_url(self.host)}:{self.port}/"

    def names(self) -> list[str]:
        """What a browser may call us: this machine's names when we listen on all of its addresses."""
        names = ["127.0.0.1", "localhost", "[::1]", _in_url(self.host)]
        if self.host in ("0.0.0.0", "::"):
            here = socket.gethostname()
            names += [here, *(_in_url(str(info[4][0])) for info in socket.getaddrinfo(here, None))]
        return list(dict.fromkeys(names))

    def require_free(self) -> None:
        """Say now that the port is taken, not after a minute of setting up."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as problem:
                raise CannotStart(_words(self, problem)) from problem

    def status(self) -> int | None:
        """The status of the first page; None while nobody answers."""
        host = _reachable(self.host)
        connection = http.client.HTTPConnection(host, self.port, timeout=10)
        try:
            connection.request("GET", "/", headers={"Host": self.called or f"{_in_url(host)}:{self.port}"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


def address_from(environ: dict[str, str]) -> WebAddress:
    text = environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT must be a number from 1 to 65535, but it is {text!r}.")
    allowed = [name.strip().lstrip(".") for name in environ.get("ALLOWED_HOSTS", "").split(",")]
    called = next((name for name in allowed if name and name != "*"), "")
    return WebAddress(environ.get("HOST") or "127.0.0.1", int(text), called)


def _words(address: WebAddress, problem: OSError) -> str:
    where = f"{address.host}:{address.port}"
    if problem.errno == errno.EADDRINUSE:
        return f"{where} is in use by another program. Stop it, or choose another: make run PORT=8001"
    return f"Cannot listen on {where}: {problem.strerror or problem}. Check HOST and PORT."


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
