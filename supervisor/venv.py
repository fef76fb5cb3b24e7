"""Into the project's own Python. Standard library only: runs under the machine's, before anything is there."""

import importlib.util
import os

from supervisor.errors import CannotStart
from supervisor.layout import PROJECT


def go_into_venv(arguments: list[str]) -> None:
    """Started with a Python that has no Django, go on with the project's. Returns when it is here."""
    if importlib.util.find_spec("django") is not None:
        return
    python = PROJECT / ".venv" / "bin" / "python"
    if not python.exists():
        raise CannotStart("The packages are not installed yet. Run this first: make run")
    os.execv(python, [str(python), *arguments])
