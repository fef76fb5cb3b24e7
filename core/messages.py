"""Which sentences the code and the templates want translated; read without the gettext programs."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

LEFT_OUT = frozenset({"tests", "node_modules", "staticfiles", "static"})
TEMPLATES = frozenset({".html", ".txt"})
SHAPES = {
    "_": ("msgid",),
    "gettext": ("msgid",),
    "ngettext": ("msgid", "plural"),
    "pgettext": ("context", "msgid"),
    "npgettext": ("context", "msgid", "plural"),
}
SPEAKERS = ("django.utils.translation", "core.translated")  # whose functions are given the sentences
IN_TEMPLATE = re.compile(r"(?<![\w.])(?:_|n?p?gettext)\(")


@dataclass(frozen=True)
class Message:
    msgid: str
    plural: str = ""
    context: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.msgid


@dataclass(frozen=True)
class Changes:
    added: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def collect(root: Path) -> dict[Message, list[str]]:
    """Every message with the files that use it, in the order of the files."""
    found: dict[Message, list[str]] = {}
    for path in _sources(root):
        name = path.relative_to(root).as_posix()
        for message in in_file(path):
            places = found.setdefault(message, [])
            if name not in places:
                places.append(name)
    return found


def in_file(path: Path) -> list[Message]:
    text = path.read_text(encoding="utf-8")
    return list(in_python(text) if path.suffix == ".py" else in_template(text))


def in_python(text: str) -> Iterator[Message]:
    tree = ast.parse(text)
    names = _names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (message := _message(node, names)):
            yield message


def in_template(text: str) -> Iterator[Message]:
    """Django turns tags into calls and blanks the rest; each call is then read as Python."""
    code = templatize(text)
    for start in IN_TEMPLATE.finditer(code):
        call = _call_at(code, start.start())
        if call and (message := _message(call, {name: name for name in SHAPES})):
            yield message


def merge(catalogue: polib.POFile, found: dict[Message, list[str]]) -> Changes:
    """The catalogue gets exactly these messages; what was translated stays."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    wanted = {message.key for message in found}
    merged = [_entry(message, places, known.get(message.key)) for message, places in found.items()]
    catalogue[:] = merged
    return Changes(
        added=[message.msgid for message in found if message.key not in known],
        dropped=[msgid for context, msgid in known if (context, msgid) not in wanted],
    )


def _sources(root: Path) -> list[Path]:
    folders = (folder for folder in root.iterdir() if folder.is_dir() and _is_ours(folder))
    paths = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in paths if path.suffix == ".py" or _is_template(path.relative_to(root)))


def _is_ours(folder: Path) -> bool:
    return folder.name not in LEFT_OUT and not folder.name.startswith(".")


def _is_template(path: Path) -> bool:
    return path.suffix in TEMPLATES and "templates" in path.parts


def _names(tree: ast.Module) -> dict[str, str]:
    """What the gettext functions are called in this module: `_` → gettext, and other aliases."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in SPEAKERS:
            for alias in node.names:
                shape = alias.name.removesuffix("_lazy").removesuffix("_noop")
                if shape in SHAPES:
                    names[alias.asname or alias.name] = shape
    return names


def _message(call: ast.Call, names: dict[str, str]) -> Message | None:
    if not isinstance(call.func, ast.Name) or call.func.id not in names:
        return None
    shape = SHAPES[names[call.func.id]]
    texts = [_text(argument) for argument in call.args[: len(shape)]]
    if len(texts) < len(shape) or None in texts:
        return None
    values = dict(zip(shape, texts, strict=True))
    return Message(
        msgid=values["msgid"] or "", plural=values.get("plural") or "", context=values.get("context")
    )


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _text(node.left), _text(node.right)
        return None if left is None or right is None else left + right
    return None


def _call_at(code: str, start: int) -> ast.Call | None:
    """The shortest piece from here that is a whole call."""
    end = start
    while (end := code.find(")", end) + 1) > 0:
        try:
            node = ast.parse(code[start:end], mode="eval").body
        except SyntaxError:
            continue
        return node if isinstance(node, ast.Call) else None
    return None


def _entry(message: Message, places: list[str], known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.msgid, msgctxt=message.context, occurrences=[(place, "") for place in places]
    )
    if "%(" in message.msgid:
        entry.flags.append("python-format")
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict(known.msgstr_plural) if known else {}
        entry.msgstr_plural = entry.msgstr_plural or {0: "", 1: ""}
    else:
        entry.msgstr = known.msgstr if known else ""
    return entry
