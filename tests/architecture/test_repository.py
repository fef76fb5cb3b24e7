"""What must not be in the repository, and what must stand beside a dependency."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, name_of, tracked

TEXTS = {
    ".py",
    ".md",
    ".toml",
    ".lock",
    ".txt",
    ".json",
    ".html",
    ".js",
    ".css",
    ".po",
    ".service",
    ".example",
    "",
}
REGISTRY = re.compile(
    r"https?://[\w.-]*(pypi|pythonhosted|npmjs|registry|artifactory|nexus|mirror|devpi)[\w.-]*[/:]",
    re.IGNORECASE,
)
# written apart, so that this file does not hold what it looks for
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:ho" + r"me|ro" + r"ot|wo" + r"rk|Us" + r"ers)/[\w.]+")
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}")
DEPENDENCY = re.compile(r'^\s*"[A-Za-z][\w.\[\],-]*\s*(?:[<>=!~][^"]*)?",?')


def _texts() -> list[Path]:
    return [path for path in tracked() if path.suffix in TEXTS and path.stat().st_size < 3_000_000]


@pytest.mark.parametrize(
    "pattern", [REGISTRY, MACHINE_PATH, SECRET], ids=["registry address", "machine path", "secret"]
)
def test_no_file_holds(pattern: re.Pattern[str]) -> None:
    found = [
        f"{name_of(path)}: {match.group()}"
        for path in _texts()
        if (match := pattern.search(path.read_text("utf-8", errors="replace")))
    ]
    assert found == []


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", text, re.DOTALL | re.MULTILINE)
    lines = [line for block in listed for line in block.splitlines() if DEPENDENCY.match(line)]
    assert len(lines) > 20
    assert [line.strip() for line in lines if "#" not in line] == []


def test_imports_go_down_only() -> None:
    """The contracts of pyproject.toml, run."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_no_template_carries_script_style_or_handlers() -> None:
    """The content security policy would refuse them silently."""
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>|<style|\sstyle=|\son\w+=|hx-on"
    )
    found = [
        f"{name_of(path)}: {match.group()}"
        for path in tracked()
        if path.suffix == ".html" and (match := inline.search(path.read_text("utf-8")))
    ]
    assert found == []
