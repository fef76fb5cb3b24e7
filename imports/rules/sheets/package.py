"""The parts inside an office file, unpacked as far as they are read."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from io import BytesIO

from imports.rules.sheets.told import FileFault, Unreadable
from imports.rules.sheets.xml import Handler, Stream, parse

UNPACKED_LIMIT = 300 * 1024 * 1024  # of all parts that are read
PARTS_LIMIT = 10_000
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)


class Package:
    """Parts by name, in whatever case or slashes they are written; counts what is unpacked."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            found = self._zip.infolist()
        except BROKEN:
            raise Unreadable(FileFault.BROKEN) from None
        if len(found) > PARTS_LIMIT:
            raise Unreadable(FileFault.BROKEN)
        self._parts = {_plain(info.filename): info for info in found}
        self.left = UNPACKED_LIMIT

    def has(self, name: str) -> bool:
        return _plain(name) in self._parts

    def read(self, name: str, handler: Handler) -> None:
        """Raises Unreadable when the part is missing, damaged, locked, or unpacks to too much."""
        if not self.has(name):
            raise Unreadable(FileFault.BROKEN)
        info = self._parts[_plain(name)]
        if info.flag_bits & 1:
            raise Unreadable(FileFault.LOCKED)
        try:
            with self._zip.open(info) as part:
                parse(_Counted(part, self), handler)
        except BROKEN:
            raise Unreadable(FileFault.BROKEN) from None


class _Counted:
    """What is really unpacked counts, not what the list of contents claims."""

    def __init__(self, part: Stream, package: Package) -> None:
        self._part, self._package = part, package

    def read(self, size: int, /) -> bytes:
        piece = self._part.read(size)
        self._package.left -= len(piece)
        if self._package.left < 0:
            raise Unreadable(FileFault.TOO_LARGE)
        return piece


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
