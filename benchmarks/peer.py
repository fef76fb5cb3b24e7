"""The yardstick beside us: the peer's own scripts, in the same run, on a PostgreSQL of its own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from benchmarks import floor, mixed_peer
from benchmarks.mixed import STEP, Load
from benchmarks.server import HOST

# The pages that stand beside one of ours.
COMPARED = (
    "list_first",
    "list_deep",
    "list_filtered",
    "search_2char",
    "search_nomatch",
    "detail",
    "create_post",
    "dashboard",
)
SECONDS_EACH = "60"  # a million tickets take its dashboard half a minute
DATABASE_PORT, WEB_PORT = "18432", "18080"  # below the ports that connections are given at random
Measured = TypeVar("Measured")
FOREIGN = ("DATABASE_URL", "OWNER_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PGDATA_DIR", "PGPASSWORD")


@dataclass(frozen=True)
class Peer:
    """What could be measured of it; `failed` says in words what could not."""

    pages: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    load: Load | None = None
    floor: Mapping[str, float] = field(default_factory=dict)
    failed: tuple[str, ...] = ()


def measure(count: int, *, load_seconds: float) -> Peer:
    """Its pages as its measure.py prints them, the mixed load, and the floor on its tables, one after the other.

    Tickets seeded by an earlier run are used again. What fails costs its own figures, not those taken before.
    """
    running = _Running(folder(), _base(), count)
    try:
        running.start()
        pages = running.pages()
        load, load_failed = _tried("mixed load", lambda: running.mixed(load_seconds))
        running.script("serve", "stop")
        floor, floor_failed = _tried("floor", running.floor)
    finally:
        for name in ("serve", "pg"):
            with suppress(subprocess.CalledProcessError):
                running.script(name, "stop")
    return Peer(pages, load, floor or {}, (*load_failed, *floor_failed))


def _tried(name: str, work: Callable[[], Measured]) -> tuple[Measured | None, tuple[str, ...]]:
    try:
        return work(), ()
    except (subprocess.CalledProcessError, OSError, RuntimeError) as error:
        return None, (f"{name}: {error}",)


class _Running:
    """Its scripts, called in its own environment."""

    def __init__(self, scripts: Path, base: Path, count: int) -> None:
        self.scripts, self.base, self.count = scripts, base, count
        self.database = f"helpdesk_{count}"
        self.environment = _environment(base, self.database)
        self.python = str(base / "venv" / "bin" / "python")

    def start(self) -> None:
        """Its database and web server, with so many tickets."""
        self.script("pg", "start")
        self.script("setup")
        if int(self._ask("SELECT count(*) FROM helpdesk_ticket")) != self.count:
            self.run(self.python, str(self.scripts / "seed.py"), str(self.count), cwd=self.base / "project")
        self.script("serve", "stop")  # what an interrupted run left behind
        self.script("serve", "start")

    def pages(self) -> dict[str, dict[str, float]]:
        told = self.run(
            *(self.python, str(self.scripts / "measure.py"), "--n", str(self.count), "--db", self.database),
            *("--base", f"http://{HOST}:{WEB_PORT}", "--no-load", "--page-budget", SECONDS_EACH),
            *("--only", ",".join(COMPARED)),
        )
        return dict(json.loads(told)["pages"])

    def mixed(self, seconds: float) -> Load:
        """Its comments are counted in its database, then removed."""
        self._ask(mixed_peer.CLEAN_UP)
        load = mixed_peer.measure(
            self.scripts,
            port=int(WEB_PORT),
            count=self.count,
            tickets=json.loads(self._ask(mixed_peer.TICKETS)),
            seconds=seconds,
        )
        written = int(self._ask(mixed_peer.COMMENTS))
        self._ask(mixed_peer.CLEAN_UP)
        if not load.errors() and written != load.count(STEP):
            raise RuntimeError(f"{written} comments were written of {load.count(STEP)}")
        return load

    def floor(self) -> dict[str, float]:
        script = self.scripts.parent / "floor" / "floor.py"
        return floor.measure(
            script,
            python=self.python,
            environment=self.environment,
            database=self.database,
            tickets=self.count,
        )

    def script(self, name: str, *arguments: str) -> str:
        return self.run("bash", str(self.scripts / f"{name}.sh"), *arguments)

    def run(self, *command: str, cwd: Path | None = None) -> str:
        done = subprocess.run(
            command, env=self.environment, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def _ask(self, sql: str) -> str:
        return self.run("psql", "-qAtX", "-d", self.database, "-c", sql)


def folder() -> Path:
    """Where the peer's scripts lie: under PEERS, or beside the repository."""
    peers = Path(os.environ.get("PEERS") or Path(settings.BASE_DIR).parent / "shared" / "peers")
    return peers.resolve() / "helpdesk"


def _base() -> Path:
    """Its programs and data; kept, so that a second run neither installs nor seeds."""
    return Path(os.environ.get("PEER_BASE") or Path(tempfile.gettempdir()) / "peer-helpdesk")


def _environment(base: Path, database: str) -> Mapping[str, str]:
    ours = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    if programs := ours.get("PGBIN"):  # psql and createdb of the same release
        ours["PATH"] = f"{programs}{os.pathsep}{ours['PATH']}"
    return ours | {
        "PEER_BASE": str(base),
        "PYTHON": sys.executable,
        "HELPDESK_DB": database,
        "PGUSER": "postgres",
        "PGHOST": HOST,
        "PGPORT": DATABASE_PORT,
        "PORT": WEB_PORT,
    }
