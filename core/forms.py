"""How every form of the product looks and speaks to screen readers.

`FormRenderer` is the project's FORM_RENDERER, so forms of libraries look the same. `Form` adds what
only our own forms want.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import days, widgets, wording_days
from core.clock import now, shanghai_date
from core.copied_fields import Fields

CHOICE_WIDGETS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
ROWS_OF_TEXT = 4
REQUIRED = (
    (forms.CheckboxInput, _("请勾选这一项。")),
    (forms.FileInput, _("请选择文件。")),
    ((forms.Select, *CHOICE_WIDGETS), _("请选择一项。")),
)


class BoundField(forms.BoundField):
    """A field that knows how it is drawn and which texts describe it."""

    @property
    def kind(self) -> str:
        """hidden, checkbox, choices (a fieldset of radios or boxes), file or control."""
        widget = self.field.widget
        if widget.is_hidden:
            return "hidden"
        if isinstance(widget, CHOICE_WIDGETS):
            return "choices"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        return "file" if isinstance(widget, forms.FileInput) else "control"

    @property
    def focus_id(self) -> str:
        """What a link of the error summary leads to; a group of choices has no single control."""
        return f"{self.auto_id}_0" if self.kind == "choices" else str(self.id_for_label or self.auto_id)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built: dict[str, Any] = dict(super().build_widget_attrs(attrs, widget))
        own = f"{_class_of(widget)} {widget.attrs.get('class', '')} {built.get('class', '')}"
        wrong = " is-invalid" if self.errors and not widget.is_hidden else ""
        built["class"] = " ".join(dict.fromkeys(own.split())) + wrong
        if widget.attrs.get("placeholder") == self.label:
            built["placeholder"] = False  # the label says it already
        return built


def _class_of(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return ""
    if isinstance(widget, (*CHOICE_WIDGETS, forms.CheckboxInput)):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


class FormRenderer(TemplatesSetting):
    """Whole forms, fields and formsets through our components."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    formset_template_name = "components/formset.html"
    bound_field_class = BoundField

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        draw = widgets.DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


class Looks:
    """Dates get the browser's picker and long texts a sensible height, unless the form says otherwise."""

    fields: dict[str, forms.Field]
    base_fields: dict[str, forms.Field]
    explains_days = True  # how a day is written; a filter's comes from a picker or an address

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if type(self.base_fields) is dict:  # a form made for one page says itself how it is copied
            self.base_fields = Fields(self.base_fields)
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _refine(field)
            _speak(field)
            if self.explains_days and isinstance(field, forms.DateField | forms.DateTimeField):
                field.error_messages["invalid"] = wording_days.NOT_A_DAY


def _refine(field: forms.Field) -> None:
    widget = field.widget
    if isinstance(field, forms.DateField | forms.DateTimeField):
        _ask_for_whole_years(field)
    if type(widget) is forms.DateInput:
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif type(widget) is forms.DateTimeInput:
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.Textarea) and widget.attrs.get("cols") == "40":
        widget.attrs = {key: value for key, value in widget.attrs.items() if key != "cols"}
        widget.attrs["rows"] = ROWS_OF_TEXT


def _ask_for_whole_years(field: forms.DateField | forms.DateTimeField) -> None:
    """Four figures of a year in every language: 03/02/26 is asked for again, 0026 and 2150 are refused."""
    formats = days.DAY_FORMATS if isinstance(field, forms.DateField) else days.MOMENT_FORMATS
    field.input_formats = formats
    if not getattr(field, "judged_later", False) and _somebody_means not in field.validators:
        field.validators = [*field.validators, _somebody_means]


def _somebody_means(day: date) -> None:
    if problem := wording_days.problem_with(day, shanghai_date(now())):
        raise forms.ValidationError(str(problem))


def _speak(field: forms.Field) -> None:
    """What to do, instead of what is missing; a field with words of its own keeps them."""
    own = field.error_messages.get("required")
    if (
        own is forms.Field.default_error_messages["required"]
    ):  # compared, both would be looked up in the catalogue
        words = next((text for kind, text in REQUIRED if isinstance(field.widget, kind)), _("请填写这一项。"))
        field.error_messages["required"] = words


class Form(Looks, forms.Form):
    """Base of every plain form of ours."""
