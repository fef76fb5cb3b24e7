"""The rows of the ledger's table, written in Python (`core/drawing.py` says why): 25 rows of eight cells each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.drawing import escaped, icon
from core.templatetags.components import sh_date, time_left
from core.translated import gettext as _
from disputes.choices import STATUS_TONES, Status
from disputes.models import Dispute
from disputes.selectors.ledger import LedgerRow
from disputes.selectors.ledger_columns import Head, cell

register = template.Library()

Cell = tuple[str, str]  # what stands in it, and the class that says how it is laid out on a phone's card
ANY = "-number-"  # stands where a dispute's number will in its address
NOTHING: Cell = ('<span class="muted">—</span>', "is-empty")
NAMED = {"place": "ledger-place "}  # classes of cells that styles know by name


@dataclass(frozen=True)
class Place:
    """Where a cell stands: its column, and what begins its tag in every row."""

    name: str
    classes: str
    label: str  # escaped


@register.simple_tag
def ledger_heads(heads: Iterable[Head], sorts: Mapping[str, Mapping[str, str]]) -> SafeString:
    """`{% ledger_heads heads sorts %}`: those that can be sorted by lead there."""
    return mark_safe(" ".join([_head(head, sorts.get(head.name)) for head in heads]))


def _head(head: Head, sort: Mapping[str, str] | None) -> str:
    label, place = escaped(head.label), f'scope="col" class="{head.classes}"'
    if sort is None:
        return f"<th {place}>{label}</th>"
    way = f'<a href="{escaped(sort["url"])}">{label}{icon(sort["icon"])}</a>'
    return f'<th {place} aria-sort="{sort["aria"]}">{way}</th>'


@register.simple_tag
def ledger_rows(
    rows: Iterable[LedgerRow], heads: Iterable[Head], *, may_bulk: bool, now: datetime
) -> SafeString:
    """`{% ledger_rows rows heads may_bulk=may_bulk now=now %}`: on a phone each is a card."""
    places = [
        Place(head.name, f"{NAMED.get(head.name, '')}{head.classes}", escaped(head.label)) for head in heads
    ]
    start, end = reverse("disputes:detail", args=[ANY]).split(ANY)
    around = (escaped(start), escaped(end))
    return mark_safe("\n".join([_row(row, places, now, around, may_bulk=may_bulk) for row in rows]))


def _row(
    row: LedgerRow, places: Sequence[Place], now: datetime, around: tuple[str, str], *, may_bulk: bool
) -> str:
    dispute = row.dispute
    url = quote(dispute.number).join(around)
    cells = "".join([_cell(place, row, now) for place in places])
    box = _box(dispute) if may_bulk else ""
    return f'<tr data-href="{url}">{box}{_what(dispute, url)}{cells}</tr>'


def _box(dispute: Dispute) -> str:
    """What is a stub cannot be chosen."""
    if dispute.is_stub:
        return '<td class="check-cell"></td>'
    label = escaped(_("选择 %(number)s") % {"number": dispute.display_number})
    return (
        f'<td class="check-cell"><input class="form-check-input" type="checkbox" name="number"'
        f' value="{escaped(dispute.number)}" data-select aria-label="{label}"></td>'
    )


def _what(dispute: Dispute, url: str) -> str:
    lock = f" {icon('lock', label=_('限制知悉'))}" if dispute.is_restricted else ""
    danger = ""
    if dispute.danger:
        danger = f' <span class="ledger-danger">{icon("exclamation-triangle-fill")}{_("人身危险")}</span>'
    return (
        f'<td class="ledger-what"><a class="table-title" href="{url}">{escaped(dispute.title)}</a>'
        f' <span class="case-number">{escaped(dispute.display_number)}{lock}</span>{danger}</td>'
    )


def _cell(place: Place, row: LedgerRow, now: datetime) -> str:
    draw = CELLS.get(place.name)
    if draw is None:
        return f'<td class="{place.classes}">{escaped(cell(row.dispute, place.name))}</td>'
    content, laid_out = draw(row, now)
    classes = f"{place.classes} {laid_out}" if laid_out else place.classes
    return f'<td class="{classes}" data-label="{place.label}">{content}</td>'


def _warning(row: LedgerRow, _now: datetime) -> Cell:
    if not row.level:
        return NOTHING
    note = _note(row.parts.get("warning", ""))
    return f'<span class="level level-{row.level}">{escaped(row.level_label)}</span>{note}', ""


def _status(row: LedgerRow, _now: datetime) -> Cell:
    dispute = row.dispute
    handed = (
        f'<span class="pill pill-warn">{escaped(row.handed)}</span>' if row.recalled else _note(row.handed)
    )
    said = (
        _pill(dispute.status, get_language()),
        _note(_("待批：%(what)s") % {"what": dispute.get_pending_display()}) if dispute.pending else "",
        handed,
        _note(_("计时中止")) if dispute.suspended else "",
    )
    return " ".join(part for part in said if part), ""


@lru_cache(maxsize=64)
def _pill(status: str, _language: str | None) -> str:
    return f'<span class="pill pill-{STATUS_TONES[status]}">{escaped(str(Status(status).label))}</span>'


def _unit(row: LedgerRow, _now: datetime) -> Cell:
    unit, person = row.dispute.lead_unit, row.dispute.responsible_person
    if unit is None:
        return f'<span class="muted">{_("未分流")}</span>', "is-empty"
    return escaped(str(unit)) + (_note(person.user.name) if person else ""), "is-wide"


def _due(row: LedgerRow, now: datetime) -> Cell:
    due_at = row.dispute.next_due_at
    if due_at is None:
        return NOTHING
    return (time_left(due_at, now), "") if row.dispute.is_open else (NOTHING[0], "")


def _registered(row: LedgerRow, _now: datetime) -> Cell:
    at = row.dispute.registered_at
    return f'<time datetime="{at.isoformat()}">{sh_date(at)}</time>', ""


def _note(text: str) -> str:
    return f'<span class="ledger-note">{escaped(text)}</span>' if text else ""


CELLS: dict[str, Callable[[LedgerRow, datetime], Cell]] = {
    "place": lambda row, _now: (escaped(row.dispute.place_name), ""),
    "category": lambda row, _now: (escaped(row.dispute.category.label), ""),
    "warning": _warning,
    "status": _status,
    "unit": _unit,
    "due": _due,
    "registered": _registered,
}
