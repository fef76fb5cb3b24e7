"""Static files under hashed names, and compressed once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

SENT = ("bundle/", "img/")  # what our pages ask for; packages bring more, which nobody sees
DENSITY = 10  # of 11: two percent larger, in two fifths of the time
HASHED = re.compile(r"\.[0-9a-f]{12}\.")


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """The same name is the same content, so it is compressed once and kept by browsers for ever."""

    def create_compressor(self, **settings: Any) -> Compressor:
        return Denser(**settings)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Only what pages ask for, under names with a hash, and each once: the same name is the same content, so a
        restart is quick. The rest is sent as it is."""
        fresh = [path for path in paths if _is_worth_it(path) and not self.exists(f"{path}.gz")]
        yield from super().compress_files(fresh)


class Denser(Compressor):
    """The last percent took most of the time before the first page."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return bytes(brotli.compress(data, quality=DENSITY))


def _is_worth_it(path: str) -> bool:
    return path.startswith(SENT) and HASHED.search(path) is not None
