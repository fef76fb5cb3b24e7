"""What the server loads can be loaded by a fresh process, also while the database is away."""

import os
import subprocess
import sys

from supervisor.keys import new_keys
from supervisor.layout import PROJECT


def test_a_fresh_process_loads_what_is_served() -> None:
    away = {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
    }
    said = subprocess.run(
        [sys.executable, "-c", "from config.wsgi import application; print(callable(application))"],
        cwd=PROJECT,
        env=os.environ | new_keys() | away,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert said.stdout.split()[-1:] == ["True"], said.stderr[-2000:]
