"""The table of packages in docs/architecture.md: each package in the order of the contract, how many stand on it."""

from __future__ import annotations

import ast
import re

from tests.architecture.sources import PACKAGES, ROOT, python_files

ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (\d+) \|$", re.M)


def rows() -> list[tuple[str, str, int]]:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    return [(name, purpose, int(count)) for name, purpose, count in ROW.findall(text)]


def importers() -> dict[str, set[str]]:
    """By package, the other packages in which some module imports from it."""
    found: dict[str, set[str]] = {name: set() for name in PACKAGES}
    for path in python_files(migrations=True):
        own = path.relative_to(ROOT).parts[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                named = [node.module or ""]
            else:
                named = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for top in {name.partition(".")[0] for name in named} - {own}:
                if top in found and own in PACKAGES:
                    found[top].add(own)
    return found


def test_every_package_has_its_row_in_the_order_of_the_contract() -> None:
    assert [name for name, _purpose, _count in rows()] == list(PACKAGES)


def test_the_table_says_how_many_stand_on_each() -> None:
    assert {name: count for name, _purpose, count in rows()} == {
        name: len(found) for name, found in importers().items()
    }
