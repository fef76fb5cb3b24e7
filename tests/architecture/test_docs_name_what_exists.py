"""What the guides for newcomers name is there: files, commands, tests. A guide that leads nowhere misleads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, tracked

GUIDES = (
    *sorted(ROOT.glob("docs/how-to-*.md")),
    *(ROOT / name for name in ("docs/testing.md", "CONTRIBUTING.md", "SECURITY.md")),
)
PATH = re.compile(r"`([\w.*-]+/[\w./*-]*|[\w-]+\.(?:md|py|toml))(?::([\w.]+))?`")
LINK = re.compile(r"\]\(([\w./-]+)\)")
COMMAND = re.compile(r"`(?:\./)?manage\.py (\w+)")
LONGEST = 10


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_path_and_name_in_a_guide_exists(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    missing = [path for path, _name in PATH.findall(text) if not _is_there(path)]
    missing += [link for link in LINK.findall(text) if not (guide.parent / link).exists()]
    missing += [f"{path}:{name}" for path, name in PATH.findall(text) if name and not _names(path, name)]
    commands = {found.stem for found in tracked() if found.parent.name == "commands"}
    missing += [command for command in COMMAND.findall(text) if command not in commands]
    assert missing == []


def _is_there(path: str) -> bool:
    """From the project's root; `menu.py` alone, or `views/`, is in some app."""
    if "/" not in path or path in ("views/", "services/", "selectors/"):
        return any(path.rstrip("/") in (found.name, found.parent.name) for found in tracked())
    return any(ROOT.glob(path.rstrip("/")))


def _names(path: str, name: str) -> bool:
    if "/" not in path:
        return True
    return any(name.split(".")[0] in found.read_text("utf-8") for found in ROOT.glob(path) if found.is_file())


@pytest.mark.parametrize(
    "guide",
    [guide for guide in GUIDES if "how-to" in guide.name and "step" not in guide.name],
    ids=lambda g: g.name,
)
def test_a_how_to_fits_on_a_screen(guide: Path) -> None:
    assert len(guide.read_text(encoding="utf-8").splitlines()) <= LONGEST
