"""What the form of every step shares."""

from typing import Any

from django import forms

from core.forms import Form
from disputes.rules import intake


class StepForm(Form):
    """Fields of one step. `data_for_service()` is what the service takes; units and people go by code."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def data_for_service(self) -> dict[str, Any]:
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {name: value for name, value in values.items() if value not in (None, "", [])}

    def field_of(self, name: str) -> str | None:
        """The field at which a refusal of the service stands; None for one of the whole form."""
        return name if name in self.fields else None


def text_field(
    label: Any, limit: int = intake.REASON_LIMIT, help_text: Any = "", *, required: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=limit,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
