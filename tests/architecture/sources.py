"""The files the guards look at: what git tracks, plus what is new and not ignored."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "config",
    "benchmarks",
    "demo",
    "first_start",
    "dashboards",
    "early_warning",
    "disputes",
    "notifications",
    "calendars",
    "accounts",
    "jurisdictions",
    "audit",
    "core",
    "supervisor",
    "deploy",
)


@cache
def tracked() -> tuple[Path, ...]:
    """Existing files of the project; a fresh clone has exactly these."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


def python_files(*, tests: bool = False, migrations: bool = False) -> list[Path]:
    tops = (*APPS, "tests") if tests else APPS
    return [
        path
        for path in tracked()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in tops
        and (migrations or "migrations" not in path.parts)
    ]


def templates() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".html" and "templates" in path.parts]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))
