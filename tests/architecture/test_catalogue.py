"""Whoever reads English reads all of it."""

from __future__ import annotations

import re
from functools import cache

import polib
import pytest

from core import messages
from tests.architecture.sources import ROOT

CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[+]?[sd]|(?<!\{)\{\w*\}")
NAMED = re.compile(r"%\(")
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


@cache
def used() -> dict[messages.Message, list[str]]:
    return messages.collect(ROOT)


@cache
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_text_in_code_and_templates_has_its_english() -> None:
    have = {(entry.msgctxt, entry.msgid) for entry in catalogue() if entry.translated() and all(texts(entry))}
    missing = {message.msgid: places for message, places in used().items() if message.key not in have}
    shown = "\n".join(f"{places[0]}: {msgid}" for msgid, places in list(missing.items())[:40])
    assert not missing, (
        f"{len(missing)} texts without English (make messages lists them), among them:\n{shown}"
    )


def test_the_catalogue_has_nothing_that_nobody_says() -> None:
    said = {message.key for message in used()}
    assert [entry.msgid for entry in catalogue() if (entry.msgctxt, entry.msgid) not in said] == []


def test_translations_keep_the_placeholders() -> None:
    wrong = [
        entry.msgid
        for entry in catalogue()
        for text in texts(entry)
        if placeholders(entry.msgid) != placeholders(text)
    ]
    assert wrong == []


def placeholders(text: str) -> list[str]:
    """Named ones may change places; `%s` and `%d` are filled in order."""
    found = PLACEHOLDER.findall(text)
    return sorted(found) if NAMED.search(text) else found


def test_english_is_english() -> None:
    assert [text for entry in catalogue() for text in texts(entry) if CHINESE.search(text)] == []


def test_nothing_is_left_as_a_guess() -> None:
    assert [entry.msgid for entry in catalogue() if entry.fuzzy or entry.obsolete] == []


@pytest.mark.parametrize("msgid", ["纠纷台账", "共 %(count)s 件", "更多条件", "批量交办"])
def test_the_extraction_sees_python_and_templates(msgid: str) -> None:
    """A guard that finds nothing guards nothing."""
    assert msgid in {message.msgid for message in used()}
