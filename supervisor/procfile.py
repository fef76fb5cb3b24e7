"""The Procfile: the product's own processes, the same here and in production."""

import os
import re

from supervisor.errors import CannotStart
from supervisor.identity import Identity
from supervisor.layout import PROJECT
from supervisor.program import Program

LINE = re.compile(r"^(?P<name>[a-z]+):\s*(?P<command>\S.*)$")


def read_procfile(text: str) -> dict[str, str]:
    """Name → shell command, in order. Empty lines and comments are skipped."""
    commands: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        match = LINE.match(line)
        if match is None:
            raise CannotStart(f"The Procfile has a line that is no 'name: command': {line}")
        commands[match["name"]] = match["command"]
    return commands


def product_programs(identity: Identity, env: dict[str, str]) -> dict[str, Program]:
    """web, worker and beat as programs. Root without namespaces runs them as root: nobody could not
    read the project then."""
    here = identity if identity.uid is None else Identity("user")
    path = os.pathsep.join([str(PROJECT / ".venv" / "bin"), env.get("PATH", os.defpath)])
    commands = read_procfile((PROJECT / "Procfile").read_text())
    return {
        name: Program(
            name=name,
            argv=("sh", "-c", f"exec {command}"),
            identity=here,
            cwd=PROJECT,
            env=env | {"PATH": path, "PYTHONUNBUFFERED": "1"},
            stop_seconds=25,
            stage=2,
        )
        for name, command in commands.items()
    }
