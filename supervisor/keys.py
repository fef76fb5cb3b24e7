"""The installation's own secrets: made once, kept in one file only its owner reads."""

import base64
import contextlib
import os
import secrets
import shlex
from pathlib import Path

from supervisor.errors import CannotStart

NAMES = ("SECRET_KEY", "FIELD_KEYS", "SEARCH_KEY", "SEAL_KEY")


def new_keys() -> dict[str, str]:
    """Fresh secrets: FIELD_KEYS is a Fernet key, SEAL_KEY the seed of an Ed25519 private key."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": base64.urlsafe_b64encode(os.urandom(32)).decode(),
        "SEARCH_KEY": secrets.token_hex(32),
        "SEAL_KEY": base64.b64encode(os.urandom(32)).decode(),
    }


def load_keys(path: Path) -> dict[str, str]:
    """Read the secrets, making the file on first use. Losing it means losing what it encrypted."""
    if not path.exists():
        _write(path, new_keys())
    path.chmod(0o600)
    found = _read(path)
    missing = [name for name in NAMES if not found.get(name)]
    if missing:
        raise CannotStart(f"{path} lacks {', '.join(missing)}; restore the file from a backup.")
    return {name: found[name] for name in NAMES}


def _read(path: Path) -> dict[str, str]:
    lines = (line.strip() for line in path.read_text().splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: "".join(shlex.split(value)) for name, _, value in pairs}


def _write(path: Path, keys: dict[str, str]) -> None:
    """Whole or not at all; when two make it at once, the first one's keys hold for both."""
    draft = path.with_suffix(f".{os.getpid()}")
    text = "# Secrets of this installation. Keep a copy: without FIELD_KEYS names cannot be read.\n"
    text += "".join(f"{name}={shlex.quote(value)}\n" for name, value in keys.items())
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
