"""The yardstick beside us: the peer's own scripts, in the same run, on a PostgreSQL of its own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from django.conf import settings

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
FOREIGN = ("DATABASE_URL", "OWNER_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PGDATA_DIR", "PGPASSWORD")


def measure(count: int) -> dict[str, dict[str, float]]:
    """Page → its figures, as the peer's measure.py prints them. Tickets seeded by an earlier run are used again."""
    scripts, base, database = folder(), _base(), f"helpdesk_{count}"
    environment = _environment(base, database)
    python = str(base / "venv" / "bin" / "python")

    def run(*command: str, cwd: Path | None = None) -> str:
        done = subprocess.run(
            command, env=environment, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def script(name: str, *arguments: str) -> str:
        return run("bash", str(scripts / f"{name}.sh"), *arguments)

    try:
        script("pg", "start")
        script("setup")
        if _tickets(run, database) != count:
            run(python, str(scripts / "seed.py"), str(count), cwd=base / "project")
        script("serve", "stop")  # what an interrupted run left behind
        script("serve", "start")
        told = run(
            *(python, str(scripts / "measure.py"), "--n", str(count), "--db", database),
            *("--base", f"http://127.0.0.1:{WEB_PORT}", "--no-load", "--page-budget", SECONDS_EACH),
            *("--only", ",".join(COMPARED)),
        )
    finally:
        for name in ("serve", "pg"):
            with suppress(subprocess.CalledProcessError):
                script(name, "stop")
    return dict(json.loads(told)["pages"])


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
        "PGHOST": "127.0.0.1",
        "PGPORT": DATABASE_PORT,
        "PORT": WEB_PORT,
    }


def _tickets(run: Callable[..., str], database: str) -> int:
    return int(run("psql", "-qAtX", "-d", database, "-c", "SELECT count(*) FROM helpdesk_ticket"))
