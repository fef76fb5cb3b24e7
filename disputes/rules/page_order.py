"""In which order the intake page asks: faults are told from its top to its bottom, whatever door they came through."""

from collections.abc import Mapping
from typing import TypeVar

PARTY = ("role", "kind", "name", "phone", "head_count", "id_number", "address", "organization")
SPOT = ("agreed", "way", "account")
ORIGIN = ("sender", "number", "received_on", "due_at", "answer_wanted")
PAGE = (
    "__all__",
    "parties",
    "narrative",
    "category",
    "place",
    "source",
    "occurred_on",
    "origin",
    "title",
    "people_count",
    "amount",
    "danger",
    "danger_told",
    "danger_told_at",
    "settle_on_spot",
    "files",
    "unit_relation",
    "unit",
    "unit_consent",
    "towns",
    "sectors",
    "accused_units",
    "accused_people",
    "restricted",
)
WITHIN = {"parties": PARTY, "origin": ORIGIN, "settle_on_spot": SPOT}
JURISDICTION = (
    "jurisdiction."  # in a body of the API what is asked under 补充信息 stands in a part of its own
)

Messages = TypeVar("Messages")


def in_page_order(errors: Mapping[str, Messages]) -> dict[str, Messages]:
    """The same messages in the page's order; what the page does not ask comes last, in the order given."""
    return {name: errors[name] for name in sorted(errors, key=place_of)}


def place_of(name: str) -> tuple[int, ...]:
    """Where a field stands: its part, the row, the field of the row. A whole part comes before its rows."""
    first, *rest = name.removeprefix(JURISDICTION).split(".")
    rows = [int(part) for part in rest if part.isdecimal()]
    inner = WITHIN.get(first, ())
    fields = [_index(inner, part) for part in rest if not part.isdecimal()]
    return (_index(PAGE, first), *rows, *fields)


def _index(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)
