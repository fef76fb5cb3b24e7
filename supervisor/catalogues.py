"""Message catalogues: .po files become .mo files without the gettext programs."""

from pathlib import Path

import polib


def compile_catalogues(locale: Path) -> list[Path]:
    """Compile those whose .mo is missing or older; the files written."""
    stale = [source for source in sorted(locale.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]
    return [_compile(source) for source in stale]


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> Path:
    """Beside the place first: a process that reads the catalogue at this moment never sees half of it."""
    target = source.with_suffix(".mo")
    draft = source.with_suffix(".mo.new")
    polib.pofile(str(source)).save_as_mofile(str(draft))
    draft.rename(target)
    return target
