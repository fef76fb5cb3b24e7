"""Whoever reads English reads all of it."""

from __future__ import annotations

import re

import pytest

from tests.architecture import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|(?<!\{)\{\w+\}")


def test_every_text_in_code_and_templates_has_its_english() -> None:
    missing = messages.missing()
    shown = "\n".join(f"{where}: {msgid}" for (_context, msgid), where in list(missing.items())[:40])
    assert not missing, f"{len(missing)} texts without English, among them:\n{shown}"


def test_translations_keep_the_placeholders() -> None:
    if not messages.CATALOGUE.exists():
        pytest.fail("there is no English catalogue")
    wrong = [
        entry.msgid
        for entry in messages.known().values()
        if entry.msgstr and set(PLACEHOLDER.findall(entry.msgid)) != set(PLACEHOLDER.findall(entry.msgstr))
    ]
    assert wrong == []


def test_the_extraction_sees_python_and_templates() -> None:
    """A guard that finds nothing guards nothing."""
    found = {msgid for _context, msgid in messages.used()}
    assert {"纠纷台账", "共 %(count)s 件", "更多条件", "批量交办"} <= found
