"""A played dispute as text templates in COPY's format: ids, numbers, dates and names are left open.

Moments keep their time of day and move by whole days; every trail payload is written anew and hashed into
its own chain, exactly as disputes.services.ledger does.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, models

from calendars.models import Deadline
from disputes.choices import SUBJECT
from disputes.models import AccessGrant, Assignment, Dispute, EntryText, Party, TrailEntry
from disputes.rules import chain

NULL = r"\N"
OPEN_COLUMNS = {  # filled for each clone
    "id", "number", "book_id", "seq", "title", "narrative", "search", "category_id", "source", "place_id",
    "place_name", "place_code", "people_count", "amount_fen", "query_code_hash",
}  # fmt: skip
PLAIN_TABLES: tuple[tuple[type[models.Model], str], ...] = (
    (AccessGrant, "dispute_id"),
    (Assignment, "dispute_id"),
    (Deadline, "subject_id"),
)
# texts of which each clone has its own: the prototype's hash would not fit them
VARIED = {"title", "narrative", "parties"}


@dataclass(frozen=True)
class Rows:
    """The rows a dispute has in one table, with holes in %-format."""

    table: str
    columns: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Entry:
    """One trail entry: its payload and the rest of its row, with holes; its texts' rows."""

    payload: str
    row: str
    texts: str


@dataclass(frozen=True)
class Prototype:
    registered: date
    offsets: tuple[int, ...]  # all whole-day distances from the registration that occur
    dispute: Rows
    party: Rows
    others: tuple[Rows, ...]
    entries: tuple[Entry, ...]
    trail_columns: tuple[str, ...]
    text_columns: tuple[str, ...]


def read(dispute_id: int) -> Prototype:
    registered = Dispute.objects.values_list("registered_at", flat=True).get(pk=dispute_id).date()
    shift = Shift(registered)
    dispute = _rows(Dispute, "id", dispute_id, shift, OPEN_COLUMNS)
    party = _rows(Party, "dispute_id", dispute_id, shift, {"name", "name_hash"}, drop_id=True)
    others = tuple(_rows(model, key, dispute_id, shift, {key}, drop_id=True) for model, key in PLAIN_TABLES)
    entries = tuple(
        _entry(entry, shift) for entry in TrailEntry.objects.filter(dispute=dispute_id).order_by("seq")
    )
    offsets = tuple(sorted(shift.offsets))
    return Prototype(registered, offsets, dispute, party, others, entries, _trail_columns(), _text_columns())


class Shift:
    """Turns moments into holes: the day as a distance from the registration, the time of day as it is."""

    def __init__(self, registered: date) -> None:
        self.registered = registered
        self.offsets: set[int] = set()

    def moment(self, at: datetime) -> str:
        return f"%(d{self._offset(at.date())})s{at:%H:%M:%S.%f}+00".replace(")s", ")s ", 1)

    def day(self, day: date) -> str:
        return f"%(d{self._offset(day)})s"

    def payload_moment(self, at: datetime) -> str:
        """As chain.utc_micros writes it."""
        return f"%(d{self._offset(at.date())})sT{at:%H:%M:%S.%f}Z"

    def _offset(self, day: date) -> int:
        offset = (day - self.registered).days
        self.offsets.add(offset)
        return offset


def copy_text(value: str) -> str:
    """A text as COPY wants it."""
    return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def _rows(
    model: type[models.Model], key: str, value: int, shift: Shift, holes: set[str], *, drop_id: bool = False
) -> Rows:
    fields = [field for field in model._meta.concrete_fields if not (drop_id and field.primary_key)]
    columns = tuple(str(field.column) for field in fields)
    where = f"{key} = {value}" + (f" AND subject_type = '{SUBJECT}'" if key == "subject_id" else "")
    lines: list[str] = []
    with connection.cursor() as cursor:
        copy = f"COPY (SELECT {', '.join(columns)} FROM {model._meta.db_table} WHERE {where} ORDER BY id) TO STDOUT"
        with cursor.copy(copy) as stream:
            raw = b"".join(bytes(block) for block in stream).decode()
    for line in raw.splitlines():
        cells = [
            _cell(field, cell, shift, holes, len(lines))
            for field, cell in zip(fields, line.split("\t"), strict=True)
        ]
        lines.append("\t".join(cells) + "\n")
    return Rows(model._meta.db_table, columns, "".join(lines))


def _cell(field: Any, cell: str, shift: Shift, holes: set[str], number: int) -> str:
    name = field.column
    if name in ("dispute_id", "subject_id") and name in holes | {"dispute_id"}:
        return "%(id)s"
    if name in holes:
        return f"%({name}{number})s" if field.model is Party else f"%({name})s"
    if cell == NULL:
        return cell
    if isinstance(field, models.DateTimeField):
        return shift.moment(_parsed(cell))
    if isinstance(field, models.DateField):
        return shift.day(date.fromisoformat(cell))
    return cell.replace("%", "%%")


def _parsed(cell: str) -> datetime:
    """COPY writes in the session's time zone, which is UTC."""
    return datetime.fromisoformat(cell.replace(" ", "T"))


def _entry(entry: TrailEntry, shift: Shift) -> Entry:
    payload = json.loads(entry.payload)
    at = entry.at
    payload["dispute"], payload["at"] = "@number@", "@at@"
    payload["texts"] = {name: digest for name, digest in payload["texts"].items() if name not in VARIED}
    text = chain.canonical(payload).replace("%", "%%")
    text = text.replace("@number@", "%(number)s").replace("@at@", shift.payload_moment(at))
    cells = []
    for field in TrailEntry._meta.concrete_fields:
        value = getattr(entry, field.attname)
        if field.column in ("id", "dispute_id", "payload", "previous_hash", "hash"):
            cells.append({"id": "%(entry)s", "dispute_id": "%(id)s"}.get(field.column, f"%({field.column})s"))
        elif isinstance(value, datetime):
            cells.append(shift.moment(value))
        else:
            cells.append(NULL if value is None else copy_text(str(value)).replace("%", "%%"))
    texts = "".join(
        f"%(entry)s\t{t.name}\t{t.salt}\t{copy_text(_stored(t)).replace('%', '%%')}\t{NULL}\n"
        for t in entry.texts.all()
        if t.name not in VARIED
    )
    return Entry(text, "\t".join(cells) + "\n", texts)


def _stored(text: EntryText) -> str:
    """The text as it lies in the table, encrypted."""
    return str(EntryText._meta.get_field("text").get_prep_value(text.text))


def _trail_columns() -> tuple[str, ...]:
    return tuple(str(field.column) for field in TrailEntry._meta.concrete_fields)


def _text_columns() -> tuple[str, ...]:
    return ("entry_id", "name", "salt", "text", "erased_at")


def trail(prototype: Prototype, holes: dict[str, str], first_entry: int) -> Iterator[tuple[str, str]]:
    """(trail row, text rows) of one clone, hashed one into the next."""
    previous = chain.GENESIS
    for number, entry in enumerate(prototype.entries):
        payload = entry.payload % holes
        digest = chain.entry_hash(previous, payload)
        holes |= {
            "entry": str(first_entry + number),
            "payload": copy_text(payload),
            "previous_hash": previous,
            "hash": digest,
        }
        yield entry.row % holes, entry.texts % holes if entry.texts else ""
        previous = digest


def dates(prototype: Prototype, registered: date) -> dict[str, str]:
    """The holes of all days, for a clone registered on that day."""
    return {f"d{offset}": (registered + timedelta(days=offset)).isoformat() for offset in prototype.offsets}
