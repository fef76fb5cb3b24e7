"""The files the guards look at: what git tracks, plus what is new and not ignored."""

from __future__ import annotations

import subprocess
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES: tuple[str, ...] = tuple(
    tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["root_packages"]
)  # the one list of the project's packages; test_the_list_of_apps.py holds it to INSTALLED_APPS and to git
TOPS = (*PACKAGES, "deploy", "tests")  # folders of Python; deploy/ holds a program and no package


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


def apps_from(lowest: str) -> tuple[str, ...]:
    """The packages that stand on `lowest` or higher and are Django apps, highest first: who may import it."""
    return tuple(
        name for name in PACKAGES[: PACKAGES.index(lowest) + 1] if (ROOT / name / "apps.py").is_file()
    )


def python_files(*, tests: bool = False, migrations: bool = False) -> list[Path]:
    tops = set(TOPS) if tests else set(TOPS) - {"tests"}
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
