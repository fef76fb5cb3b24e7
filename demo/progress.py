"""How far the loading of the demo county has come: one small file, written by whoever loads, read by every page.

A file, because the pages of a real county must not ask the database for it, and the supervisor knows no Django.
It is there from when the county waits to be loaded until it is whole.
"""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Progress:
    """How many disputes stand where they should, of how many; `all` is 0 until that is known."""

    loaded: int = 0
    all: int = 0
    failed: bool = False


def read() -> Progress | None:
    """None when nothing is being loaded, which is what a real county always finds."""
    try:
        found = json.loads(_path().read_text())
        return Progress(int(found["loaded"]), int(found["all"]), bool(found["failed"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(progress: Progress) -> None:
    """Whole or not at all: a page may look at any moment."""
    draft = _path().with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(asdict(progress)))
    draft.replace(_path())


def fail() -> None:
    """What was loaded stays; the pages say that the rest is missing."""
    write(replace(read() or Progress(), failed=True))


def clear() -> None:
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.DEMO_PROGRESS)
