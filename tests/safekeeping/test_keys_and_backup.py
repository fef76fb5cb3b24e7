"""Keys are changed while the system runs; a backup is worth something only when it comes back."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from psycopg import sql

from accounts.models import Appointment
from core import crypto
from disputes.models import EntryText, Party
from disputes.services import blobs
from safekeeping.services import backup, rotation
from supervisor.environment import MARK
from tests.architecture.sources import ROOT
from tests.disputes.conftest import Make


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def new_key(settings: Any) -> Callable[[], None]:
    def put_first() -> None:
        settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]

    return put_first


def raw_tokens() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM disputes_party UNION ALL SELECT text FROM disputes_entrytext")
        return [token for (token,) in cursor.fetchall() if token]


def test_rotating_brings_rows_codes_and_files_under_the_new_key(
    in_hand: Make,
    clerk: Appointment,
    new_key: Callable[[], None],
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    dispute = in_hand()
    with transaction.atomic():
        sha256 = blobs.write(b"a paper")
    Authenticator.objects.create(user=clerk.user, type="totp", data={"secret": crypto.encrypt("JBSWY3DP")})
    new_key()
    assert all(crypto.needs_rotation(token) for token in raw_tokens())
    call_command("rotate_keys", verbosity=0)
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert not any(crypto.needs_rotation(token) for token in raw_tokens())
    assert Party.objects.filter(dispute=dispute).first().name == "张建国"  # type: ignore[union-attr]
    assert blobs.read(sha256) == b"a paper"
    assert crypto.decrypt(Authenticator.objects.get().data["secret"]) == "JBSWY3DP"


def test_rotating_twice_touches_nothing_the_second_time(in_hand: Make, new_key: Callable[[], None]) -> None:
    in_hand()
    new_key()
    assert rotation.rotate_column(EntryText, "text") > 0
    assert rotation.rotate_column(EntryText, "text") == 0


def test_one_key_alone_needs_no_rotation(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("rotate_keys")
    assert "nothing can be under an older one" in capsys.readouterr().out


def test_a_backup_of_other_keys_is_refused(settings: Any) -> None:
    manifest = backup.fingerprints()
    backup.require_same_keys(manifest)
    for name, value in (("SEARCH_KEY", "another"), ("FIELD_KEYS", [Fernet.generate_key().decode()])):
        before = getattr(settings, name)
        setattr(settings, name, value)
        with pytest.raises(backup.BackupError, match=name):
            backup.require_same_keys(manifest)
        setattr(settings, name, before)


def test_no_key_stands_in_the_manifest(settings: Any) -> None:
    text = str(backup.fingerprints())
    assert settings.SEARCH_KEY not in text
    assert settings.SEAL_KEY not in text


@pytest.fixture
def second_database() -> Any:
    """An empty database beside the tests' own, and its address."""
    name = f"{connection.settings_dict['NAME']}_restored"
    host = connection.settings_dict["HOST"] or connection.settings_dict["OPTIONS"].get("host", "")
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    make = sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
    with psycopg.connect(dbname="postgres", host=host, user="hejie_owner", autocommit=True) as owner:
        owner.execute(drop)
        owner.execute(make)
        yield f"postgres://hejie_owner@/{name}?host={quote(host)}"
        owner.execute(drop)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_backup_comes_back_whole_into_an_empty_database(
    in_hand: Make, second_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    in_hand()
    with transaction.atomic():
        sha256 = blobs.write(b"a paper")
    host = connection.settings_dict["HOST"] or connection.settings_dict["OPTIONS"].get("host", "")
    here = f"postgres://hejie_owner@/{connection.settings_dict['NAME']}?host={quote(host)}"
    monkeypatch.setenv("OWNER_DATABASE_URL", here)
    path = tmp_path / "backup.tar"
    call_command("backup", out=path, verbosity=0)
    with tarfile.open(path) as archive:
        assert {"manifest.json", "database.dump"} <= set(archive.getnames())
    data = tmp_path / "restored"
    keys = {
        "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
        "SEARCH_KEY": settings.SEARCH_KEY,
        "SEAL_KEY": settings.SEAL_KEY,
    }
    addresses = {
        "OWNER_DATABASE_URL": second_database,
        "DATABASE_URL": second_database,
        "DATA_DIR": str(data),
    }
    outside = {
        name: value for name, value in os.environ.items() if name != MARK
    }  # a shell of the operator's own
    done = subprocess.run(
        [sys.executable, "manage.py", "restore", str(path)],
        cwd=ROOT,
        env={**outside, **keys, **addresses, "DJANGO_SETTINGS_MODULE": "config.settings.local"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "the ledger is intact" in done.stdout
    assert list((data / "media" / "attachments").glob(f"*/{sha256}"))


def test_a_database_with_disputes_is_not_overwritten_by_mistake(in_hand: Make, tmp_path: Path) -> None:
    in_hand()
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", tmp_path / "whatever.tar")
