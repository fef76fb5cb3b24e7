"""What the person answered on the check page of an import; kept with it as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from imports.rules.cells import Ways


class Twin(StrEnum):
    """What a line with a number that is known already, and other content, is."""

    BOTH = "both"  # another case: register it
    SAME = "same"  # the same case: it stands in the ledger already
    SKIP = "skip"  # do not register it


@dataclass(frozen=True)
class Answers:
    """Empty or None: not asked, or not answered yet."""

    sheets: tuple[int, ...] | None = None  # by place in the book; None: every visible one that can be read
    hidden_rows: bool | None = None
    year: int | None = None
    century: bool | None = None
    unit: str = ""
    twins: str = ""  # of every line but those named in `lines`
    lines: Mapping[str, str] = field(default_factory=dict)  # "sheet:row" → Twin
    categories: Mapping[str, str] = field(
        default_factory=dict
    )  # word → code of a category; "" leaves the lines out

    @property
    def ways(self) -> Ways:
        named = {word: code for word, code in self.categories.items() if code}
        return Ways(self.year, self.century, self.unit, named)

    def of_twin(self, place: tuple[int, int]) -> str:
        """Twin, or empty where nobody said."""
        return self.lines.get(f"{place[0]}:{place[1]}") or self.twins

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def answers_of(data: Mapping[str, Any]) -> Answers:
    """From what a row keeps."""
    sheets = data.get("sheets")
    known = {name: data[name] for name in Answers.__dataclass_fields__ if name in data and name != "sheets"}
    return Answers(sheets=None if sheets is None else tuple(sheets), **known)
