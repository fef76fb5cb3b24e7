"""What the ledger can be filtered by: categories, towns and units, remembered until one of them changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from core.remembered import remembered
from disputes.models import DisputeCategory
from jurisdictions.models import Organization, Place

MOST_KEPT = 16  # days and languages


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

    @staticmethod
    def find(choices: tuple[Choice, ...], code: str) -> Choice | None:
        """By code or alias."""
        return next((choice for choice in choices if code in (choice.code, choice.alias)), None)


def ledger_choices(day: date) -> LedgerChoices:
    """Everything in force that day, ended categories too: the ledger still holds their rows. In the language of now."""
    return _choices(get_language() or "", day)


@remembered(MOST_KEPT)
def _choices(language: str, day: date) -> LedgerChoices:
    name = "name" if language != "en" else "name_en"
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
