"""Browser libraries out of node_modules: only the named files, not whole packages with their sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

PREFIX = "vendor"
SENT = ("css/", "js/", "img/", f"{PREFIX}/")  # what our pages ask for; packages bring more, which nobody sees
DENSITY = 10  # of 11: two percent larger, in two fifths of the time
HASHED = re.compile(r"\.[0-9a-f]{12}\.")
FILES = (
    "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/dist/css/bootstrap.min.css.map",
    "htmx.org/dist/htmx.min.js",
    "echarts/dist/echarts.common.min.js",
)


class VendorStorage(FileSystemStorage):
    prefix = PREFIX


class VendorFinder(BaseFinder):
    """Serves each file of FILES as `vendor/<file name>`."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.files = {Path(name).name: Path(settings.NODE_MODULES) / name for name in FILES}

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        missing = [path.name for path in self.files.values() if not path.is_file()]
        if not missing:
            return []
        hint = "Run `npm ci`; `make run` and `make test` do it by themselves."
        return [Error(f"Browser libraries are missing: {', '.join(missing)}.", hint=hint, id="core.E001")]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        folder, _, name = path.partition("/")
        found = self.files.get(name) if folder == PREFIX else None
        if found is None or not found.is_file():
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, VendorStorage]]:
        for name, path in self.files.items():
            if path.is_file() and not matches_patterns(name, list(ignore_patterns or [])):
                yield name, VendorStorage(location=path.parent)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names also inside our ES modules, so an old page never loads half of a new script.

    Only in our own folder: libraries carry imports in comments that lead nowhere.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

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
    return path.startswith(SENT) and not path.endswith(".map") and HASHED.search(path) is not None
