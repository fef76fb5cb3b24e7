"""The floor: the least a signed-in Django page costs on this machine, by the script that lies beside the peer."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import percentile
from benchmarks.measuring import timed
from benchmarks.server import HOST, Browser, free_port, running

LIST, DETAIL = "/list/", "/detail/"
SESSION = Path("/tmp/floor.sid")  # where the script writes and reads it
WORKERS = "2"
SHOWN = 5_000  # the ticket its detail page shows; among fewer it would show none


@dataclass(frozen=True)
class Bar:
    """How many times the floor's page ours may take. Its list stands for a home, of which it has none."""

    page: str
    floor: str
    most: float


BARS = (
    Bar("ledger, first page", LIST, 1.5),
    Bar("detail, 50 entries", DETAIL, 3),
    Bar("clerk's home", LIST, 3),
)


def measure(
    script: Path, *, python: str, environment: Mapping[str, str], database: str, tickets: int
) -> dict[str, float]:
    """The floor's page → its p50, on the peer's tables. The file of its session is removed."""
    port = free_port()
    given = {
        **environment,
        "DB": database,
        "PYTHONDONTWRITEBYTECODE": "1",  # the script's folder is not ours
    }
    subprocess.run([python, str(script), "session"], env=given, check=True)
    try:
        browser = Browser(port, cookie=SESSION.read_text().strip(), cookie_name="sessionid")
    finally:
        SESSION.unlink(missing_ok=True)
    command = [
        *(python, "-m", "gunicorn", "-w", WORKERS, "-b", f"{HOST}:{port}", "--log-level", "warning"),
        f"{script.stem}:app",
    ]
    with running(command, given, script.parent, port) as server:

        def ask(path: str) -> float:
            def open_it() -> None:
                answer = browser.get(path)
                if answer.status != 200:
                    raise RuntimeError(f"floor {path}: {answer.status}")

            return percentile(timed(open_it, server)[0], 50)

        return {path: ask(path) for path in ((LIST, DETAIL) if tickets >= SHOWN else (LIST,))}
