"""What the check page of an import shows beside its questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.actor import Actor
from disputes.models import Dispute
from imports.models import LedgerImport
from imports.rules.headings import TITLE_OF
from imports.services.checking import CAUSES_SHOWN, Check, Place, letters_of, notes_of
from imports.wording import Facts, is_loss, note_words, sheet_words


@dataclass(frozen=True)
class Note:
    text: str
    is_loss: bool


@dataclass(frozen=True)
class SheetLook:
    """A sheet that is read: where its names stand, and which column is what."""

    name: str
    heading: str
    matched: list[tuple[str, str]]  # as written, as we call it
    absent: list[str]


@dataclass(frozen=True)
class Cause:
    column: str
    message: str
    count: int
    where: str


@dataclass(frozen=True)
class TwinLook:
    """A line whose number is known, beside the case that has it."""

    where: str
    old_number: str
    title: str
    narrative: str
    number: str  # of the dispute, if the reader may see it
    display_number: str
    other: str
    field: str


def notes(check: Check) -> list[Note]:
    """What is left out first, then what was read with a doubt."""
    return _worded((kind, facts) for kind, facts in notes_of(check))


def kept_notes(row: LedgerImport) -> list[Note]:
    """The same, as it was told when the import was confirmed."""
    return _worded((kind, facts) for kind, facts in row.notes)


def _worded(found: Iterable[tuple[str, Facts]]) -> list[Note]:
    said = [Note(note_words(kind, facts), is_loss(kind)) for kind, facts in found]
    return sorted((note for note in said if note.text), key=lambda note: not note.is_loss)


def sheets(check: Check) -> list[SheetLook]:
    shown = []
    for at in check.taken:
        heading = check.book.headings[at]
        if heading is None:
            continue
        said = _("列名在第 %d 行") % heading.last_row
        matched = [
            (heading.titles.get(position, letters_of(position)), TITLE_OF[name])
            for position, name in sorted(heading.positions.items())
        ]
        absent = [title for name, title in TITLE_OF.items() if name not in heading.positions.values()]
        shown.append(SheetLook(sheet_words(check.book.heads[at].name), said, matched, absent))
    return shown


def causes(check: Check) -> list[Cause]:
    """One line for one cause, the frequent ones first."""
    found = sorted(check.causes.items(), key=lambda item: -item[1].count)[:CAUSES_SHOWN]
    return [
        Cause(column, message, counted.count, _where(check, counted.places, counted.count))
        for (column, message), counted in found
    ]


def twins(check: Check, by: Actor) -> list[TwinLook]:
    """Two queries at most, however many lines."""
    ids = [twin.other for twin in check.twins if twin.other]
    others = Dispute.objects.visible_to(by).filter(pk__in=ids).defer("search").in_bulk() if ids else {}
    shown = []
    for twin in check.twins:
        line, other = twin.line, others.get(twin.other or 0)
        sheet, row = line.place
        first = _("本表第 %d 行") % twin.first[1] if twin.first else ""
        shown.append(
            TwinLook(
                _where(check, [line.place], 1),
                line.old_number,
                line.cells.get("title", ""),
                line.cells.get("narrative", ""),
                other.number if other else "",
                other.display_number if other else "",
                f"{other.title}：{other.narrative}" if other else first,
                f"twin_{sheet}_{row}",
            )
        )
    return shown


def _where(check: Check, places: list[Place], count: int) -> str:
    many = len(check.taken) > 1
    said = _("、").join(
        f"{check.book.heads[sheet].name} {row}" if many else str(row) for sheet, row in places
    )
    return _("第 %s 行等") % said if count > len(places) else _("第 %s 行") % said
