"""The tests' database is migrated once and cloned for every worker and every group of tests.

Running all migrations takes seconds of a processor, copying what they made a third of one. The template is
named after the code it was made with, so that a change of a migration, or of what one imports, makes it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from supervisor.layout import PROJECT

LOCK = 0x74656D70  # advisory lock: one worker makes the template, the others wait for it
PREFIX = "test_migrated_"


def use_template() -> None:
    """Has Django create the tests' database as a copy; makes the template when the cluster has none of this code."""
    name = PREFIX + fingerprint()[:16]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # let go with the connection
        if name not in _templates(cursor):
            _make(cursor, name)
    connection.settings_dict["TEST"]["TEMPLATE"] = name


def fingerprint() -> str:
    """Of the code of all apps, ours and others': migrations call some of ours."""
    found = sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        folder = Path(config.path)
        for path in sorted(folder.rglob("*.py") if _is_ours(folder) else folder.glob("migrations/*.py")):
            found.update(f"{config.label} {path.relative_to(folder)}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def _is_ours(folder: Path) -> bool:
    return folder.parent == PROJECT


def _templates(cursor: Any) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    return [name for (name,) in cursor.fetchall()]


def _make(cursor: Any, name: str) -> None:
    """Under another name until it is whole; those of older code go."""
    for old in _templates(cursor):
        cursor.execute(f'DROP DATABASE "{old}"')
    unfinished = f"{PREFIX}unfinished"
    cursor.execute(f'CREATE DATABASE "{unfinished}"')
    with _connected_to(unfinished):
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
