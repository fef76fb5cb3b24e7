"""Places, units, departments, calendar."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.forms import BaseFormSet
from django.http import HttpResponse

from core.forms import Form
from first_start.forms.places import CalendarForm, PlacesForm
from first_start.forms.units import DepartmentFormSet, UnitsForm
from first_start.rules.county_units import usual_names
from first_start.rules.departments import Department
from first_start.rules.plan import CountyPlan
from first_start.selectors import years_loaded
from first_start.services import checking
from first_start.services.assembling import counts, departments_of
from first_start.views.base import StepPage, show_at


class PlacesStep(StepPage):
    step = "places"
    template_name = "first_start/places.html"
    form_class = PlacesForm

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.answers.get("places", {}).get("text", "")}

    def answer(self, form: Any) -> dict[str, Any]:
        return {"text": form.cleaned_data["text"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"counts": counts(self.plan)}


class UnitsStep(StepPage):
    step = "units"
    template_name = "first_start/units.html"
    form_class = UnitsForm

    def get_form_kwargs(self) -> dict[str, Any]:
        county = self.plan.county
        usual = usual_names(county.name if county else "", checking.FIELDS)
        return super().get_form_kwargs() | {"usual": usual}

    def get_initial(self) -> dict[str, Any]:
        known = self.answers.get("units")
        return UnitsForm.initial_of(known) if known else {}

    def answer(self, form: Any) -> dict[str, Any]:
        kept = {key: form.cleaned_data[key] for key in ("address", "phone", "stations")}
        return kept | {"names": form.names}


class DepartmentsStep(StepPage):
    step = "departments"
    template_name = "first_start/departments.html"
    form_class = DepartmentFormSet

    def get_initial(self) -> list[dict[str, Any]]:  # type: ignore[override]  # a formset's
        return [_shown(row) for row in departments_of(self.answers)]

    def form_valid(self, form: Any) -> HttpResponse:
        rows = _kept(form)
        plan = CountyPlan((), tuple(_department(row.cleaned_data) for row in rows), ())
        for wrong in checking.of_departments(plan):
            show_at(rows[wrong.line - 1], FIELD_NAMES.get(wrong.field, wrong.field), wrong.text)
        if any(row.errors for row in rows):
            return self.form_invalid(form)
        return super().form_valid(form)

    def answer(self, form: Any) -> dict[str, Any]:
        return {"rows": [asdict(_department(row.cleaned_data)) for row in _kept(form)]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        formset = kwargs.pop("form", None) or self.get_form()
        rows = {"formset": formset, "formsets": [formset], "wrong_formsets": formset.total_error_count()}
        return super().get_context_data(form=Form(), **kwargs) | rows


FIELD_NAMES = {"fields": "fields_held"}


def _kept(formset: BaseFormSet[Any]) -> list[Any]:
    """Rows with something in them that were not removed."""
    return [
        form
        for form in formset.forms
        if form.cleaned_data and not form.cleaned_data.get("DELETE") and form.cleaned_data.get("name")
    ]


def _shown(row: Department) -> dict[str, Any]:
    said = asdict(row)
    return said | {"fields_held": said.pop("fields")}


def _department(data: dict[str, Any]) -> Department:
    return Department(
        code=data["code"],
        name=data["name"],
        short_name=data["short_name"],
        sector=data["sector"],
        sector_name=data["sector_name"],
        fields=tuple(data["fields_held"]),
        is_vertical=data["is_vertical"],
        kind=data["kind"],
    )


class CalendarStep(StepPage):
    step = "calendar"
    template_name = "first_start/calendar.html"
    form_class = CalendarForm

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.answers.get("calendar", {}).get("text", "")}

    def answer(self, form: Any) -> dict[str, Any]:
        return {"text": form.cleaned_data.get("text", "") if form.given[1].strip() else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"years": years_loaded()}
