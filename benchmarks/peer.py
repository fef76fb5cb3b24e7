"""The yardstick beside us: the peer's own scripts, in the same run."""

import json
import os
import subprocess
from pathlib import Path

from django.conf import settings

BASE = "/tmp/peer-helpdesk"
PYTHON = f"{BASE}/venv/bin/python"


def folder() -> Path:
    shared = Path(os.environ.get("SHARED", Path(settings.BASE_DIR).parent / "shared"))
    return shared / "peers" / "helpdesk"


def measure(count: int) -> dict[str, dict[str, float]]:
    """Page → its figures, as the peer's measure.py prints them."""
    here, database = folder(), f"helpdesk_{count}"
    environment = os.environ | {
        "PEER_BASE": BASE,
        "HELPDESK_DB": database,
        "PGUSER": "postgres",
        "PGPORT": "55432",
    }
    environment |= {"PGHOST": "127.0.0.1"}
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    def run(*command: str, cwd: str | None = None) -> str:
        done = subprocess.run(
            command, env=environment, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    run("bash", str(here / "pg.sh"), "start")
    run("bash", str(here / "setup.sh"))
    run(PYTHON, str(here / "seed.py"), str(count), cwd=f"{BASE}/project")
    run("bash", str(here / "serve.sh"), "start")
    try:
        told = run(PYTHON, str(here / "measure.py"), "--n", str(count), "--no-load", "--page-budget", "60")
    finally:
        run("bash", str(here / "serve.sh"), "stop")
        run("bash", str(here / "pg.sh"), "stop")
    return dict(json.loads(told)["pages"])
