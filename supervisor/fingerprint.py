"""Work that is done again only when its input changed."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path]) -> str:
    """Changes when a file under the paths is added, removed, resized or written."""
    total = hashlib.sha256()
    for path in paths:
        files = sorted(found for found in path.rglob("*") if found.is_file()) if path.is_dir() else [path]
        for file in files:
            state = file.stat()
            total.update(os.fsencode(f"{file} {state.st_size} {state.st_mtime_ns}\n"))
    return total.hexdigest()


class Stamp:
    """Remembers in a file from which input the last success came."""

    def __init__(self, path: Path, inputs: Iterable[Path]) -> None:
        self._path = path
        self._now = fingerprint(inputs)

    def is_current(self) -> bool:
        try:
            return self._path.read_text() == self._now
        except OSError:
            return False

    def set(self) -> None:
        self._path.write_text(self._now)
