"""Where a message about an intake entry stands, and the summary of all of them from the top of the page to its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from disputes.rules import page_order

if TYPE_CHECKING:
    from disputes.forms.intake_entry import IntakeEntry

PARTIES, ACCUSED, ORIGIN = "parties", "accused", "origin"
FIELD_OF = {
    "settle_on_spot.account": "spot_account",
    "settle_on_spot.way": "spot_way",
    "towns": "other_towns",
}
FACT_OF = {field: fact for fact, field in FIELD_OF.items()} | {ACCUSED: "accused_units"}

Link = dict[str, str]


def take(entry: IntakeEntry, errors: Mapping[str, Sequence[object]]) -> None:
    """Puts what the service found at the fields it concerns. What could not be read is not judged a second time."""
    rows = [row for _index, row in entry.party_rows()]
    said = {(id(form), name) for form in _all_forms(entry) for name in form.errors}
    entry.said_of_all_parties = [str(message) for message in errors.get(PARTIES, ())]
    for name, messages in errors.items():
        form, field = _place_of(entry, rows, name)
        if (id(form), field) not in said:
            form.add_error(field, [str(message) for message in messages])


def _all_forms(entry: IntakeEntry) -> Iterator[Any]:
    yield from entry.forms
    for rows in entry.formsets:
        yield from rows.forms


def _place_of(entry: IntakeEntry, rows: Sequence[Any], name: str) -> tuple[Any, str | None]:
    """The form and its field; no field where it concerns nothing the page asks."""
    group, _dot, rest = name.partition(".")
    index, _dot, field = rest.partition(".")
    if group == PARTIES and index.isdecimal() and int(index) < len(rows):
        return rows[int(index)], field if field in rows[int(index)].fields else "name"
    if group == PARTIES and (first := entry.first_party) is not None:
        return first, "name"
    inner = {ORIGIN: entry.origin, **entry.beside}.get(group)
    if inner is not None and index in inner.fields:
        return inner, index
    field = FIELD_OF.get(name, name)
    return entry.form, field if field in entry.form.fields else None


def links(entry: IntakeEntry, refused: Sequence[str]) -> list[Link]:
    """Every message with the control it belongs to; of a party, which one. `refused`: what was said of files."""
    found = [*_of_forms(entry), *_of_rows(entry)]
    found += [("files", {"target": "id_files", "label": _("附件"), "message": said}) for said in refused]
    found.sort(key=lambda one: page_order.place_of(one[0]))
    return [link for _name, link in found]


def _of_forms(entry: IntakeEntry) -> Iterator[tuple[str, Link]]:
    parts: dict[str, Any] = {
        "": entry.form,
        f"{ORIGIN}.": entry.origin,
        **{f"{n}.": f for n, f in entry.beside.items()},
    }
    for prefix, form in parts.items():
        for message in form.non_field_errors():
            yield "__all__", _link("", "", message)
        for field in form:
            name = FACT_OF.get(field.name, field.name)
            yield from ((prefix + name, _link(field.focus_id, field.label, text)) for text in field.errors)


def _of_rows(entry: IntakeEntry) -> Iterator[tuple[str, Link]]:
    for formset in entry.formsets:
        group = FACT_OF.get(formset.prefix, formset.prefix)
        yield from ((group, _link("", "", message)) for message in formset.non_form_errors())
        for index, row in formset.kept():
            yield from _of_row(entry, f"{group}.{index}", row)


def _of_row(entry: IntakeEntry, place: str, row: Any) -> Iterator[tuple[str, Link]]:
    """A message about all parties stands at the first of them and does not speak of it."""
    for field in row:
        for text in field.errors:
            if place.startswith(PARTIES) and text in entry.said_of_all_parties:
                yield PARTIES, _link(field.focus_id, _("当事人"), text)
            else:
                yield f"{place}.{field.name}", _link(field.focus_id, _called(place, row, field), text)


def _called(place: str, row: Any, field: Any) -> str:
    if not place.startswith(PARTIES):
        return str(field.label)
    return _("第%(n)d位当事人：%(field)s") % {"n": row.number, "field": field.label}


def _link(target: str, label: object, message: object) -> Link:
    return {"target": target, "label": str(label), "message": str(message)}
