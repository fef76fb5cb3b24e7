"""常用语 of one's own unit at hand at the fields in which units write the same again; none is filled in."""

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from core.forms import Form
from disputes.choices import CannedField


def offer_canned(form: forms.BaseForm, beside: dict[str, str] | None = None) -> None:
    """At the fields that are called as a kind of 常用语 is, and at those `beside` (field → kind)."""
    kinds = {name: name for name in CannedField.values} | (beside or {})
    for name, kind in kinds.items():
        if name in form.fields:
            form.fields[name].widget.attrs["data-canned"] = f"{reverse('disputes:pick_texts')}?field={kind}"


class CannedForm(Form):
    """A form with sentences of its own: `BESIDE` says which kind is offered at fields of other names."""

    BESIDE: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_canned(self, self.BESIDE)
