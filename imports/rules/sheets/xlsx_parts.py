"""What the sheets of an xlsx have in common: their texts, and which number formats show a day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from imports.rules.sheets.package import Package
from imports.rules.sheets.told import (
    BUILT_IN_DATES,
    CELL_LIMIT,
    CELLS_LIMIT,
    FileFault,
    Unreadable,
    is_date_format,
    zeros_of,
)
from imports.rules.sheets.xml import Elements, Handler

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """_x000D_ is how the format writes a line break; _x005F_ protects an underscore that begins such a thing."""
    return ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)


@dataclass
class Styles:
    """By the number of the cell's style."""

    dates: set[int] = field(default_factory=set)
    zeros: dict[int, int] = field(default_factory=dict)  # least digits shown


def read_styles(package: Package, name: str) -> Styles:
    codes: dict[str, str] = {}
    styles, place = Styles(), [False, 0]  # inside cellXfs? which style is next?

    def seen(name: str, given: dict[str, str]) -> None:
        if name == "numFmt":
            codes[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            place[0] = name == "cellXfs"
        elif name == "xf" and place[0]:
            _note(styles, place[1], given.get("numFmtId", "0"), codes)
            place[1] += 1

    package.read(name, Elements(seen))
    return styles


def _note(styles: Styles, style: int, number: str, codes: dict[str, str]) -> None:
    code = codes.get(number, "")
    if is_date_format(code) if code else number.isdecimal() and int(number) in BUILT_IN_DATES:
        styles.dates.add(style)
    elif zeros_of(code):
        styles.zeros[style] = zeros_of(code)


def read_texts(package: Package, name: str) -> list[str]:
    """The table of texts that cells point at."""
    reader = _Texts()
    package.read(name, reader)
    return reader.found


class Words:
    """Collects the text of one cell; what is said of its pronunciation is no part of it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.inside = self.spoken = False

    def clear(self) -> None:
        self.parts.clear()
        self.length, self.inside = 0, False

    def start(self, name: str) -> None:
        self.spoken = self.spoken or name == "rPh"
        self.inside = name == "t" and not self.spoken

    def end(self, name: str) -> None:
        self.inside = False
        self.spoken = self.spoken and name != "rPh"

    def add(self, said: str) -> None:
        if not self.inside:
            return
        self.length += len(said)
        if self.length > CELL_LIMIT * 7:  # every character may be written as _xHHHH_
            raise Unreadable(FileFault.TOO_LARGE)
        self.parts.append(said)

    @property
    def said(self) -> str:
        return unescaped("".join(self.parts))


class _Texts(Handler):
    def __init__(self) -> None:
        self.found: list[str] = []
        self._words = Words()

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self._words.clear()
        else:
            self._words.start(name)

    def end(self, name: str) -> None:
        self._words.end(name)
        if name != "si":
            return
        self.found.append(self._words.said)
        if len(self.found) > CELLS_LIMIT:
            raise Unreadable(FileFault.TOO_MANY_CELLS)

    def text(self, said: str) -> None:
        self._words.add(said)
