"""The ledger's filter with nothing filled in."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any

from core.forms import Form
from disputes.selectors.filters import CHOICES_OF, FilterForm, LedgerFilter
from disputes.selectors.ledger_choices import ledger_choices


def empty_form(day: date) -> Form:
    """Every field of the ledger's filter with nothing filled in: what a page's own leaves out. In the language of now,
    the same for every reader."""
    fields: dict[str, Any] = {}
    for name, one in LedgerFilter.base_filters.items():
        own = copy(one)
        if name in CHOICES_OF:
            own.extra = one.extra | {"known": getattr(ledger_choices(day), CHOICES_OF[name])}
        fields[name] = own.field
    return type("EmptyForm", (FilterForm,), fields)({})
