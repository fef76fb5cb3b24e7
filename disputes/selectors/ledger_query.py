"""The ledger's query string: what is asked, how it reads in words, and the addresses around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.actor import Actor
from core.addresses import reverse
from disputes.querysets import DisputeQuerySet
from disputes.selectors.asked_names import label_in
from disputes.selectors.filters import LedgerFilter
from disputes.selectors.ledger import NEWEST, SORTS, Sort, counted
from disputes.selectors.ledger_choices import Choice

SORT = "sort"
HELPS = 4  # how many filters are tried out when nothing was found


def asked(query: Mapping[str, Any]) -> dict[str, str]:
    """The filters and the sort that say something; cursors and unknown names are left out."""
    names = [*LedgerFilter.base_filters, SORT]
    found = {name: str(query.get(name, "")).strip() for name in names}
    return {name: value for name, value in found.items() if value and (name != SORT or value in SORTS)}


def asked_in(text: str) -> dict[str, str]:
    """The same from a stored query string."""
    return asked(QueryDict(text))


def lasting(query: Mapping[str, str]) -> dict[str, str]:
    """Without what is only this user's for an hour: a search by name is never saved."""
    return {name: value for name, value in query.items() if name != "name"}


def address(query: Mapping[str, str], **more: object) -> str:
    """The ledger with this query."""
    changed = {name: value for name, value in {**query, **more}.items() if value not in ("", None)}
    return reverse("disputes:ledger") + (f"?{urlencode(changed)}" if changed else "")


def stored(query: Mapping[str, str]) -> str:
    """As a saved view or an export keeps it."""
    return urlencode(dict(query))


def sort_in(query: Mapping[str, str]) -> Sort:
    return SORTS.get(query.get(SORT, ""), NEWEST)


def without(query: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in query.items() if key != name}


@dataclass(frozen=True)
class Chip:
    """An active filter in words, with the address that drops it."""

    name: str
    label: str
    value: str
    remove_url: str


def chips(found: LedgerFilter, query: Mapping[str, str], by: Actor) -> list[Chip]:
    names = [name for name in query if name != SORT]
    return [
        Chip(name, _label(name), _value(found, name, query[name], by), address(without(query, name)))
        for name in names
    ]


def _label(name: str) -> str:
    return str(LedgerFilter.base_filters[name].label)


def _value(found: LedgerFilter, name: str, raw: str, by: Actor) -> str:
    if name == "name":
        return label_in(raw, by=by) or _("已过期")
    value = found.form.cleaned_data.get(name) if found.is_bound and found.form.is_valid() else None
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Choice):
        return value.name
    return _choice_label(found, name, raw)


def _choice_label(found: LedgerFilter, name: str, raw: str) -> str:
    """The words of a plain choice; what was typed, for everything else."""
    for value, label in getattr(found.form.fields[name], "choices", ()):
        options = label if isinstance(label, list | tuple) else [(value, label)]
        for option, words in options:
            if str(option) == raw:
                return str(words)
    return raw


@dataclass(frozen=True)
class Help:
    """What dropping one filter would bring back."""

    chip: Chip
    count: int


def helps(rows: DisputeQuerySet, query: Mapping[str, str], shown: list[Chip], **who: Any) -> list[Help]:
    """For an empty list: the filters whose removal finds something, the most helpful first."""
    tried = [
        Help(chip, counted(LedgerFilter(without(query, chip.name), rows, **who).qs, 1000).number)
        for chip in shown[:HELPS]
    ]
    return sorted((one for one in tried if one.count), key=lambda one: -one.count)
