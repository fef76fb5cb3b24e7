"""A policy document as rows a person edits: change one, compare two. Pure; what is wrong is `classifier.check`'s."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
Row = dict[str, Any]
LISTS = ("indicators", "traps", "rules")  # lists of rows with an id
TABLES = ("words", "people")  # name → lines
SECTIONS = ("thresholds", *LISTS, *TABLES)


@dataclass(frozen=True)
class Edit:
    """One field of a changed row: what was taken out and what was put in."""

    field: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class RowChange:
    """A row that differs between two documents; `kind` is added, removed or changed."""

    section: str
    id: str
    label: str
    kind: str
    edits: tuple[Edit, ...]


def row_of(document: Document, section: str, row_id: str) -> Row | None:
    """The row, whatever the section holds it as; tables give `{"id", "lines"}`."""
    if section in LISTS:
        return next((row for row in document[section] if row.get("id") == row_id), None)
    lines = document.get(section, {}).get(row_id)
    return None if lines is None else {"id": row_id, "lines": lines}


def with_row(document: Document, section: str, row_id: str, row: Row) -> Document:
    """A copy with the row in the place of `row_id`, or at the end when there is none of that id."""
    copy = deepcopy(document)
    if section in TABLES:
        copy[section][row["id"]] = row["lines"]
        return copy
    for index, present in enumerate(copy[section]):
        if present.get("id") == row_id:
            copy[section][index] = row
            return copy
    copy[section].append(row)
    return copy


def without_row(document: Document, section: str, row_id: str) -> Document:
    copy = deepcopy(document)
    if section in TABLES:
        copy[section].pop(row_id, None)
    else:
        copy[section] = [row for row in copy[section] if row.get("id") != row_id]
    return copy


def with_thresholds(document: Document, thresholds: Mapping[str, int]) -> Document:
    return deepcopy(document) | {"thresholds": dict(thresholds)}


def changes(before: Document, after: Document) -> list[RowChange]:
    """What differs, section by section in the order of the page."""
    return [change for section in SECTIONS for change in _section_changes(section, before, after)]


def _section_changes(section: str, before: Document, after: Document) -> Iterator[RowChange]:
    old, new = _by_id(before, section), _by_id(after, section)
    for row_id in dict.fromkeys([*old, *new]):
        was, now = old.get(row_id), new.get(row_id)
        if was == now:
            continue
        kind = "added" if was is None else "removed" if now is None else "changed"
        shown = now or was or {}
        yield RowChange(section, row_id, str(shown.get("label", row_id)), kind, _edits(was or {}, now or {}))


def _by_id(document: Document, section: str) -> dict[str, Row]:
    held = document.get(section, {})
    if section in LISTS:
        return {str(row.get("id")): row for row in held}
    return {name: {"lines": lines if isinstance(lines, list) else [lines]} for name, lines in held.items()}


def _edits(was: Row, now: Row) -> tuple[Edit, ...]:
    found = []
    for field in dict.fromkeys([*was, *now]):
        old, new = lines_of(was.get(field)), lines_of(now.get(field))
        if field != "id" and old != new:
            removed = tuple(line for line in old if line not in new)
            added = tuple(line for line in new if line not in old)
            found.append(Edit(field, removed, added))
    return tuple(found)


def lines_of(value: Any) -> list[str]:
    """A field as lines of text; alternatives of one requirement stand on one line."""
    if value is None:
        return []
    if isinstance(value, list):
        return [" / ".join(map(str, item)) if isinstance(item, list) else str(item) for item in value]
    return [str(value)]
