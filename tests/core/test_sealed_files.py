"""Large files on the disk: unreadable without the key, and never half-read as if whole."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from core import sealed_files


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """Two and a half pieces of figures nobody can guess, with a name in them."""
    path = tmp_path / "plain"
    path.write_bytes("张建国".encode() + os.urandom(sealed_files.PIECE * 5 // 2))
    return path


@pytest.fixture
def sealed(plain: Path, tmp_path: Path) -> Path:
    path = tmp_path / "sealed"
    sealed_files.seal(plain, path)
    return path


def stored(path: Path) -> list[bytes]:
    """The pieces as they lie on the disk, cut by hand."""
    data, found = path.read_bytes(), []
    while data:
        (length,) = struct.unpack(">I", data[:4])
        found.append(data[: 4 + length])
        data = data[4 + length :]
    return found


def test_it_comes_out_as_it_went_in(plain: Path, sealed: Path) -> None:
    assert b"".join(sealed_files.pieces(sealed)) == plain.read_bytes()


@pytest.mark.parametrize("size", [0, 1, sealed_files.PIECE, 2 * sealed_files.PIECE])
def test_also_when_it_is_empty_or_ends_with_a_piece(tmp_path: Path, size: int) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"x" * size)
    sealed_files.seal(plain, tmp_path / "sealed")
    assert b"".join(sealed_files.pieces(tmp_path / "sealed")) == b"x" * size


def test_nothing_of_it_is_readable_on_the_disk(sealed: Path) -> None:
    assert "张建国".encode() not in sealed.read_bytes()
    assert sealed.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows[:-1],
        lambda rows: rows[1:],
        lambda rows: [rows[1], rows[0], *rows[2:]],
        lambda rows: [rows[0], *rows[2:]],
        lambda rows: [*rows[:-1], rows[-1][:-5]],
        lambda rows: [],
    ],
    ids=["cut off", "head gone", "moved", "left out", "torn", "empty"],
)
def test_whatever_is_changed_in_it_is_noticed(sealed: Path, change: object) -> None:
    sealed.write_bytes(b"".join(change(stored(sealed))))  # type: ignore[operator]
    with pytest.raises(sealed_files.Damaged):
        list(sealed_files.pieces(sealed))


def test_without_the_key_it_stays_closed(sealed: Path, settings: object) -> None:
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]  # type: ignore[attr-defined]
    with pytest.raises(sealed_files.Damaged):
        list(sealed_files.pieces(sealed))
