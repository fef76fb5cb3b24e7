"""The three officers and the first people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse

from first_start.forms.people import OfficersForm, PersonFormSet
from first_start.rules.people import OFFICES
from first_start.services import checking
from first_start.services.assembling import people_in, post_choices
from first_start.views.base import StepPage, show_at


class PeopleStep(StepPage):
    """Two forms on one page: three people who must be named, and as many others as one likes."""

    step = "people"
    template_name = "first_start/people.html"
    form_class = OfficersForm

    def get_form_kwargs(self) -> dict[str, Any]:
        known = self.answers.get("people", {})
        return super().get_form_kwargs() | {"has_password": bool(known.get("password"))}

    def get_initial(self) -> dict[str, Any]:
        officers = self.answers.get("people", {}).get("officers", {})
        return {f"{office}_{part}": text for office, said in officers.items() for part, text in said.items()}

    def others(self, data: Any = None) -> Any:
        known = self.answers.get("people", {}).get("others", [])
        kwargs = {"posts": post_choices(self.plan)}
        return PersonFormSet(data, initial=known, prefix="others", form_kwargs=kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, others = self.get_form(), self.others(request.POST)
        both = [form.is_valid(), others.is_valid()]
        if all(both):
            self._judge(form, others)
            if not form.errors and not any(row.errors for row in others.forms):
                self.formset = others
                return self.form_valid(form)
        return self.render_to_response(self.get_context_data(form=form, formset=others), status=422)

    def _judge(self, form: Any, others: Any) -> None:
        """What is wrong with the people among each other, at the field of the person."""
        rows = kept_rows(others)
        answer = {"officers": officers_in(form), "others": [_said(row) for row in rows]}
        plan = replace(self.plan, people=tuple(people_in(answer)))
        for wrong in checking.of_people(plan):
            if 0 < wrong.line <= len(OFFICES):
                show_at(form, f"{list(OFFICES)[wrong.line - 1]}_{wrong.field}", wrong.text)
            elif wrong.line:
                show_at(rows[wrong.line - len(OFFICES) - 1], wrong.field, wrong.text)

    def answer(self, form: Any) -> dict[str, Any]:
        password = form.cleaned_data["password"]
        known = self.answers.get("people", {}).get("password", "")
        return {
            "officers": officers_in(form),
            "others": [_said(row) for row in kept_rows(self.formset)],
            "password": make_password(password) if password else known,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        formset = kwargs.pop("formset", None) or self.others()
        rows = {"formset": formset, "formsets": [formset], "wrong_formsets": formset.total_error_count()}
        return super().get_context_data(**kwargs) | rows


def officers_in(form: Any) -> dict[str, dict[str, str]]:
    data = form.cleaned_data
    return {
        office: {part: data[f"{office}_{part}"] for part in ("username", "name", "email")}
        for office in OFFICES
    }


def kept_rows(formset: Any) -> list[Any]:
    """Rows with something in them that were not removed."""
    return [
        row
        for row in formset.forms
        if row.cleaned_data.get("username") and not row.cleaned_data.get("DELETE")
    ]


def _said(row: Any) -> dict[str, str]:
    return {part: row.cleaned_data[part] for part in ("username", "name", "email", "post")}
