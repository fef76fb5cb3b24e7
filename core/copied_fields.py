"""Every form has fields of its own, copied from its class: here without copying what no form changes in place.

Django copies the choices of each field with all their words; a form that wants others sets others. Of a field whose
kind says itself how it is copied, Django's way is kept.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms

OWN_FIELD = (forms.Field.__deepcopy__, forms.ChoiceField.__deepcopy__)
OWN_WIDGET = (forms.Widget.__deepcopy__, forms.widgets.ChoiceWidget.__deepcopy__)


class Fields(dict[str, forms.Field]):
    """The fields of a form class, as its instances take them."""

    def __deepcopy__(self, _memo: Any) -> dict[str, forms.Field]:
        return {name: _copied(field) for name, field in self.items()}


def _copied(field: Any) -> Any:
    if type(field).__deepcopy__ not in OWN_FIELD or type(field.widget).__deepcopy__ not in OWN_WIDGET:
        return deepcopy(field)
    mine, widget = _twin(field), _twin(field.widget)
    widget.attrs = widget.attrs.copy()
    mine.widget = widget
    mine.error_messages = mine.error_messages.copy()
    mine.validators = mine.validators[:]
    return mine


def _twin(one: Any) -> Any:
    """As `copy.copy` makes it of an object without slots or a state of its own."""
    twin = object.__new__(type(one))
    twin.__dict__.update(one.__dict__)
    return twin
