"""Form fields of the ledger's filters: codes that become rows, and flags that may also be false."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from disputes.selectors.ledger_choices import Choice, LedgerChoices
from jurisdictions.models import Place

YES, NO = {"1", "true", "on", "yes"}, {"0", "false", "off", "no"}


class CopiedFlat(dict[str, Any]):
    """What a library copies deeply for every page, though only its topmost level differs from page to page: choices and
    words are shared instead."""

    def __deepcopy__(self, _memo: Any) -> dict[str, Any]:
        return {name: self._own(value) for name, value in self.items()}

    def _own(self, value: Any) -> Any:
        return value


class OwnFilters(CopiedFlat):
    """Filters with a dictionary of their own to be filled in."""

    def _own(self, value: Any) -> Any:
        own = copy(value)
        own.extra = dict(value.extra)
        own.method = value.method  # binds it to the copy
        return own


class LightFilterSet(django_filters.FilterSet):
    """Makes the filters that are asked and their fields, no others: of thirty, most pages ask none. Its form has
    these fields alone; copied flat, as both were made for this page."""

    base_filters: dict[str, Any]  # of the class all there are, of one that is made those that were asked

    def __init__(self, data: Mapping[str, Any] | None, queryset: Any) -> None:
        asked = [name for name in self.base_filters if data and _says_something(data.get(name))]
        self.base_filters = OwnFilters({name: self.base_filters[name] for name in asked})
        super().__init__(data, queryset)

    def get_form_class(self) -> type[forms.Form]:
        if not self.filters:
            plain: type[forms.Form] = self._meta.form
            return plain
        made: type[forms.Form] = super().get_form_class()
        made.base_fields = CopiedFlat(made.base_fields)
        return made


def _says_something(value: Any) -> bool:
    return value is not None and bool(str(value).strip())


class CodeField(forms.Field):
    """A code or alias out of a list; cleans to its Choice. Shown as a type-ahead select."""

    default_error_messages = {"unknown": _("没有“%(code)s”，请从列表中选择。")}

    def __init__(self, *, known: tuple[Choice, ...] = (), **kwargs: Any) -> None:
        self.known = known
        names = [(choice.code, choice.name) for choice in known]
        kwargs["widget"] = forms.Select(
            attrs={"data-combobox": "", "data-placeholder": _("不限")}, choices=[("", _("不限")), *names]
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Choice | None:
        code = str(value or "").strip()
        if not code:
            return None
        found = self.look_up(code)
        if found is None:
            raise forms.ValidationError(self.error_messages["unknown"], "unknown", {"code": code[:40]})
        return found

    def look_up(self, code: str) -> Choice | None:
        return LedgerChoices.find(self.known, code)


class PlaceField(CodeField):
    """Towns are offered; a village's or the county's code is accepted too, as links and the API send it."""

    def look_up(self, code: str) -> Choice | None:
        found = super().look_up(code)
        if found is not None:
            return found
        place = Place.objects.by_code(code).first()
        return Choice(place.pk, place.code, place.name) if place else None


class FlagWidget(forms.CheckboxInput):
    """A box that keeps `0` and `false` apart from not being there."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, check_test=lambda value: str(value).lower() in YES)

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Any:
        return data.get(name, "")


class FlagField(forms.Field):
    """True, false, or None when it is not asked."""

    widget = FlagWidget

    def clean(self, value: Any) -> bool | None:
        text = str(value or "").strip().lower()
        if text in YES | NO:
            return text in YES
        if text:
            raise forms.ValidationError(_("请填写 1 或 0。"), "flag")
        return None
