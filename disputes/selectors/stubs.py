"""What a restricted dispute tells whoever would see it were it open: that it is there, in which town, of which group
of categories, in which state, with which unit, due when. Nothing of what it is about, where it lies or whom it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actor import Actor
from disputes.choices import Confidentiality
from disputes.disclosure import Disclosure, disclosures
from disputes.models import Dispute, DisputeCategory
from jurisdictions.models import Place

NO_TITLE = gettext_lazy("限制知悉")
TOLD = frozenset(  # what a stub keeps of its row; every other column is emptied
    {
        *("id", "number", "book_id", "seq", "confidentiality", "status", "version"),
        *("lead_unit_id", "next_due_at", "registered_at"),
    }
)
RELATED = ("lead_unit", "book")
FACTS = (
    *("pk", "handed_town__code", "handed_town__name", "town__code", "town__name"),
    *("place__code", "place__name", "category__group"),
)


def without_content(rows: Sequence[Dispute], shown: Mapping[int, Disclosure]) -> list[Dispute]:
    """The rows in their order, those without content as stubs: copies for reading. One query if there is one."""
    ids = [row.pk for row in rows if not shown[row.pk].content]
    if not ids:
        return list(rows)
    facts = {found["pk"]: found for found in Dispute.objects.filter(pk__in=ids).values(*FACTS)}
    return [_stub(row, facts[row.pk]) if row.pk in facts else row for row in rows]


def readable(rows: Iterable[Dispute], by: Actor) -> list[Dispute]:
    """For lists that ask for no disclosure: the same. No query where nothing is restricted, else two.

    `confidentiality` must be loaded.
    """
    found = list(rows)
    restricted = [row for row in found if row.is_restricted]
    if not restricted:
        return found
    shown = disclosures(by, restricted)
    told = {row.pk: row for row in without_content(restricted, shown)}
    return [told.get(row.pk, row) for row in found]


def stub_of(number: str, by: Actor | None) -> Dispute | None:
    """The dispute as a stub, where that is all the actor sees of it."""
    if by is None:
        return None
    rows = Dispute.objects.listed_to(by).filter(number=number, confidentiality=Confidentiality.RESTRICTED)
    row = rows.select_related("lead_unit", "book").defer("search", "narrative").first()
    if row is None:
        return None
    (told,) = readable([row], by)
    return told if told.is_stub else None


def _stub(row: Dispute, facts: Mapping[str, Any]) -> Dispute:
    """A copy of which every column but those of `TOLD` is empty, also such as were not loaded."""
    stub = copy(row)  # Django copies its state and caches with it
    stub.__dict__.pop("_prefetched_objects_cache", None)
    kept = {name: stub._state.fields_cache.get(name, ...) for name in RELATED}
    stub._state.fields_cache = {name: related for name, related in kept.items() if related is not ...}
    for field in row._meta.concrete_fields:
        if field.attname not in TOLD:
            setattr(stub, field.attname, _empty(field))
    # where it is handled, else where it happened; of the county itself, the county
    within = next((name for name in ("handed_town", "town") if facts[f"{name}__code"]), "place")
    stub.place_code, stub.place_name = facts[f"{within}__code"], facts[f"{within}__name"]
    if within != "place":
        stub.town = Place(code=stub.place_code, name=stub.place_name)
    group = facts["category__group"]
    stub.category = DisputeCategory(code="", name=_(group), name_en=_(group), group=group)
    stub.title, stub.is_stub = str(NO_TITLE), True
    return stub


def _empty(field: Any) -> Any:
    return None if field.null else field.get_default()
