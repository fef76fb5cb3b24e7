"""docs/field-cases.md names, for every kind of fault that was met, a test that is really there."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sources import ROOT

PAGE = ROOT / "docs" / "field-cases.md"
NAMED = re.compile(r"(tests/[\w/{},]+\.py|tests/[\w/]+(?=[ ,|`]))?(?:::(\w+)(…)?)?")


def rows() -> list[str]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("| ") and not line.startswith("| Kind of fault")]


def named(row: str) -> list[tuple[str, str, str]]:
    """(file or folder, test, … when its name is shortened); a test without a file is in the one named before it."""
    found, last = [], ""
    for path, test, cut in NAMED.findall(row.split("|", 2)[2]):
        if path or test:
            last = path or last
            found.append((last, test, cut))
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[2:60])
def test_every_kind_names_a_test_that_exists(row: str) -> None:
    assert named(row)
    for path, test, cut in named(row):
        assert (ROOT / path).exists(), path
        if test:
            source = (ROOT / path).read_text(encoding="utf-8")
            assert f"def {test}" + ("" if cut else "(") in source, f"{path}::{test}"
