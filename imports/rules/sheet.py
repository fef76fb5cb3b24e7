"""A line of an import sheet: its texts by column, and what makes it itself again in another file."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from disputes.rules.gaps import without_gaps
from imports.rules.cells import Said, Ways, count_of, day_of, fen_of
from imports.rules.headings import OWN_SHEET, Heading

OLD_NUMBER_LIMIT = 60
CASE_SAYS = ("title", "narrative", "applicant", "party")  # a line without any of them is no case
PARTS = "\x1f"
# the columns lines were told apart by from the beginning: what came later counts where it says something, so that
# a line registered before is still known
KEYED = (
    *("old_number", "title", "narrative", "category", "place", "occurred_on", "people_count", "amount"),
    *("applicant", "applicant_phone", "applicant_id", "respondent", "respondent_phone"),
)
UNNAMED = re.compile(rf"(sheet|工作表|表|{OWN_SHEET})?\d*", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One line by column name, as text; `number` is the row of the sheet, `sheet` its place in the book."""

    number: int
    cells: Mapping[str, str]
    sheet: int = 0
    book: str = ""  # what its number of origin is a key within: the name of the sheet, if it has one
    unit: str = ""  # of amounts, as the heading says

    @property
    def is_empty(self) -> bool:
        return not any(self.cells.values())

    @property
    def is_no_case(self) -> bool:
        """A total, who filled in the form, a remark under the table."""
        return not any(self.cells.get(name) for name in CASE_SAYS)

    @property
    def place(self) -> tuple[int, int]:
        return self.sheet, self.number

    @property
    def old_number(self) -> str:
        return self.cells.get("old_number", "")

    def key(self, ways: Ways) -> str:
        """What the line says, however its days and figures are written."""
        meant = {
            "occurred_on": day_of(self.cells.get("occurred_on", ""), ways),
            "amount": fen_of(self.cells.get("amount", ""), ways, self.unit),
            "people_count": count_of(self.cells.get("people_count", "")),
        }
        cells = dict(self.cells)
        if not cells.get("applicant"):  # 当事人 was read as who applied, before it was a column of its own
            cells["applicant"] = cells.pop("party", "")
        said = [_meant(meant.get(name), cells.get(name, "")) for name in KEYED]
        later = (f"{name}={cells[name]}" for name in sorted(cells) if name not in KEYED and cells[name])
        return _digest(PARTS.join([*said, *later]))

    def number_key(self, ways: Ways) -> str:
        """The number of origin within its sheet, book and year; empty without one."""
        if not self.old_number:
            return ""
        day = day_of(self.cells.get("occurred_on", ""), ways).value
        year = str(day)[:4] if day else ""
        return _digest(PARTS.join(("#", self.old_number, self.book, year)))


def _meant(said: Said | None, text: str) -> str:
    return str(said.value) if said is not None and said.value is not None else text


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def book_of(sheet_name: str, place: int) -> str:
    """Sheet1 is no name of a book; a second sheet without one counts anew all the same."""
    name = sheet_name.strip()
    return name if not UNNAMED.fullmatch(name) else f"{place}" if place else ""


def line_of(
    number: int, cells: Sequence[str], heading: Heading, *, sheet: int = 0, sheet_name: str = ""
) -> Line:
    named = {name: text_of(cells[at], name) for at, name in heading.positions.items() if at < len(cells)}
    return Line(number, named, sheet, book_of(sheet_name, sheet), heading.unit)


def text_of(cell: str, name: str = "") -> str:
    """Tabs and line breaks become a blank, so that nothing is glued; the narrative keeps its lines."""
    return without_gaps(cell, lines=name == "narrative").strip()


def changed_in(text: str) -> str:
    """The characters of a text that no row can keep, or keeps in another form."""
    dropped = [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Co")]
    return "".join(dict.fromkeys(dropped + [char for char in text if _composed(char)]))


def _composed(char: str) -> bool:
    return char > "\u2fff" and unicodedata.normalize("NFC", char) != char
