"""The files themselves: encrypted, named by the SHA-256 of their content, on the disk before any row."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from core import crypto
from core.registry import Registry
from disputes.errors import NotFound

FOLDER = "attachments"
PREVIEW = ".preview"
wanted_above: Registry[Callable[[str], bool]] = Registry()
wanted_by = wanted_above.register  # an upper app whose rows name stored contents: it tells of a SHA-256


def is_wanted_above(sha256: str) -> bool:
    return any(asks(sha256) for asks in wanted_above)


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER


def path_of(sha256: str, suffix: str = "") -> Path:
    return folder() / sha256[:2] / f"{sha256}{suffix}"


def write(data: bytes) -> str:
    """Stores the content once, whoever brings it again; returns its address. Call inside a transaction.

    The advisory lock keeps the orphan sweep from removing a file between its storing and its row.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    hold(sha256)
    put(path_of(sha256), data)
    return sha256


def put(path: Path, data: bytes) -> None:
    """Encrypted, fsynced and in place in one piece; an existing file only counts as new again."""
    if path.exists():
        os.utime(path)
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as part:
        part.write(crypto.encrypt_bytes(data))
        part.flush()
        os.fsync(part.fileno())
    os.replace(part.name, path)
    _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(sha256: str, suffix: str = "") -> bytes:
    """The content. Raises NotFound when the file is gone."""
    try:
        return crypto.decrypt_bytes(path_of(sha256, suffix).read_bytes())
    except FileNotFoundError:
        raise NotFound from None


def hold(sha256: str) -> None:
    """Who stores or removes this content does it alone, to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"blob:{sha256}"])


def stored_before(moment: datetime) -> Iterator[tuple[str, list[Path]]]:
    """Contents last stored before that moment with their files: original, preview, leftovers of a kill.

    What another sweep removes meanwhile is left out.
    """
    limit = moment.timestamp()
    found: dict[str, list[Path]] = {}
    for path in folder().glob("??/*"):
        found.setdefault(path.name.removesuffix(PREVIEW), []).append(path)
    for name, paths in found.items():
        stored = [at for path in paths if (at := _stored_at(path)) is not None]
        if stored and max(stored) < limit:
            yield name, paths


def _stored_at(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return None


def remove(paths: list[Path]) -> bool:
    """Whether there was anything left to remove. Call while holding the content."""
    removed = [_removed(path) for path in paths]  # every one, not up to the first
    return any(removed)


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True
