"""The fields of the ledger's filter: those nobody filled in are the same for every reader, so they are drawn once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.clock import shanghai_date
from core.drawn_fields import field_box
from core.remembered import remembered
from disputes.selectors.empty_filter import empty_form
from disputes.selectors.filters import LedgerFilter

register = template.Library()

MOST_KEPT = 16  # days and languages


@register.simple_tag
def filter_fields(found: LedgerFilter, names: Collection[str]) -> SafeString:
    """`{% filter_fields filter names %}`: those that were filled in as they were, with what is wrong in them."""
    empty, filled = _empty(get_language() or "", shanghai_date(found.now)), found.form.fields
    return mark_safe(
        "\n\n".join(field_box(found.form[name]) if name in filled else empty[name] for name in names)
    )


@remembered(MOST_KEPT)
def _empty(_language: str, day: date) -> Mapping[str, SafeString]:
    return {field.name: field_box(field) for field in empty_form(day)}
