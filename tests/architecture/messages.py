"""Every text for users in code and templates, found without the gettext programs.

python -m tests.architecture.messages     prints what the English catalogue lacks
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import django
import polib
from django.conf import settings
from django.utils.translation.template import templatize

from tests.architecture.sources import ROOT, name_of, python_files, templates

CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
IN_TEMPLATE = re.compile(
    r"\b(?P<call>_|gettext|ngettext|pgettext)\s*\(\s*(?P<all>u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"(?:\s*,\s*u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))*)",
    re.DOTALL,
)
STRING = re.compile(r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")", re.DOTALL)
CHINESE = re.compile(r"[\u3400-\u9fff]")
Message = tuple[str, str]  # context, msgid


def in_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and _called(node) in CALLS:
            texts = [
                one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            yield from _messages(_called(node), texts)


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def in_template(path: Path) -> Iterator[Message]:
    for found in IN_TEMPLATE.finditer(templatize(path.read_text("utf-8"), origin=name_of(path))):
        texts = [ast.literal_eval(text) for text in STRING.findall(found["all"])]
        yield from _messages(found["call"], texts)


def _messages(call: str, texts: list[str]) -> Iterator[Message]:
    if not texts:
        return
    if call.startswith("pgettext"):
        if len(texts) > 1:
            yield texts[0], texts[1]
    elif CHINESE.search(texts[0]):
        yield "", texts[0]


def used() -> dict[Message, str]:
    """Message → a file that says it. Texts of Django and allauth have catalogues of their own."""
    found: dict[Message, str] = {}
    for path in python_files():
        found |= dict.fromkeys(in_python(path), name_of(path))
    for path in templates():
        found |= dict.fromkeys(in_template(path), name_of(path))
    return found


def known() -> dict[Message, polib.POEntry]:
    return {
        (entry.msgctxt or "", entry.msgid): entry
        for entry in polib.pofile(str(CATALOGUE))
        if not entry.obsolete
    }


def missing() -> dict[Message, str]:
    """What has no English yet, or only a guess."""
    have = known() if CATALOGUE.exists() else {}
    return {key: where for key, where in used().items() if key not in have or not have[key].translated()}


if __name__ == "__main__":
    settings.configure()
    django.setup()
    for (_context, msgid), where in sorted(missing().items(), key=lambda pair: pair[1]):
        print(f"{where}: {msgid!r}")
