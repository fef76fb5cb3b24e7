"""Large files encrypted at rest with FIELD_KEYS, piece by piece: written and read without holding them in memory."""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from core import crypto

PIECE = 1024 * 1024  # bytes of content in a piece
HEAD = struct.Struct(">Q?")  # which piece, and whether it is the last: none can be left out, moved or cut off
LENGTH = struct.Struct(">I")


class Damaged(Exception):
    """The file is not as it was written, or no key of today opens it."""


def seal(source: Path, target: Path) -> None:
    """Writes the encrypted copy, readable by its owner only, whole and on the disk before it has its name."""
    part = target.with_name(f".{target.name}.part")
    with (
        source.open("rb") as plain,
        open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as sealed,
    ):
        number, piece = 0, plain.read(PIECE)
        while True:
            following = plain.read(PIECE)
            token = crypto.encrypt_bytes(HEAD.pack(number, not following) + piece)
            sealed.write(LENGTH.pack(len(token)) + token)
            if not following:
                break
            number, piece = number + 1, following
        sealed.flush()
        os.fsync(sealed.fileno())
    os.replace(part, target)


def pieces(path: Path) -> Iterator[bytes]:
    """The content, a piece at a time. Raises Damaged."""
    with path.open("rb") as sealed:
        number = 0
        while True:
            content, last = _piece(sealed, number)
            yield content
            if last:
                return
            number += 1


def _piece(sealed: BinaryIO, number: int) -> tuple[bytes, bool]:
    try:
        (length,) = LENGTH.unpack(sealed.read(LENGTH.size))
        opened = crypto.decrypt_bytes(sealed.read(length))
        found, last = HEAD.unpack_from(opened)
    except (crypto.InvalidToken, struct.error) as error:
        raise Damaged(str(number)) from error
    if found != number:
        raise Damaged(str(number))
    return opened[HEAD.size :], last
