"""What the ledger can be filtered by: categories, towns and units, read with one query once a minute."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import CharField, F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from disputes.models import DisputeCategory
from jurisdictions.models import Organization, Place

KEPT_SECONDS = 60


@dataclass(frozen=True)
class Choice:
    pk: int
    code: str
    name: str
    alias: str = ""


@dataclass(frozen=True)
class LedgerChoices:
    categories: tuple[Choice, ...]
    towns: tuple[Choice, ...]
    units: tuple[Choice, ...]

    @property
    def codes(self) -> set[str]:
        return {choice.code for choice in (*self.categories, *self.units)}

    @staticmethod
    def find(choices: tuple[Choice, ...], code: str) -> Choice | None:
        """By code or alias."""
        return next((choice for choice in choices if code in (choice.code, choice.alias)), None)


def ledger_choices(day: date, mentioned: Collection[str] = ()) -> LedgerChoices:
    """Everything in force that day, ended categories too: the ledger still holds their rows.

    At most KEPT_SECONDS old, unless a code is mentioned that was not known then.
    """
    key = f"ledger_choices:{get_language()}:{day}"
    kept: LedgerChoices | None = cache.get(key)
    if kept is not None and kept.codes.issuperset(mentioned):
        return kept
    found = _read(day)
    cache.set(key, found, KEPT_SECONDS)
    return found


def _read(day: date) -> LedgerChoices:
    name = "name" if get_language() != "en" else "name_en"
    categories = DisputeCategory.objects.order_by().values_list(
        _kind("category"), "pk", F("code"), F(name), _text(""), F("position"), named=False
    )
    towns = Place.objects.towns().valid_on(day).order_by()
    units = Organization.objects.valid_on(day).order_by()
    rows: Any = categories.union(
        towns.values_list(_kind("town"), "pk", F("code"), F("name"), F("alias"), Value(0)),
        units.values_list(
            _kind("unit"),
            "pk",
            F("code"),
            Coalesce(NullIf("short_name", Value("")), "name"),
            _text(""),
            Value(0),
        ),
        all=True,
    )
    found: dict[str, list[tuple[Any, Choice]]] = {"category": [], "town": [], "unit": []}
    for kind, pk, code, label, alias, position in rows:
        found[kind].append(((position, code), Choice(pk, code, label, alias)))
    ordered = {
        kind: tuple(choice for _key, choice in sorted(group, key=lambda pair: pair[0]))
        for kind, group in found.items()
    }
    return LedgerChoices(ordered["category"], ordered["town"], ordered["unit"])


def _kind(name: str) -> Value:
    return Value(name, output_field=CharField())


def _text(text: str) -> Value:
    return Value(text, output_field=CharField())
