"""The last step: everything once more, then it is written, and the first passwords are printed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from core import clock
from core.errors import Conflict
from core.forms import Form
from first_start.presenters import STEP_WORDS
from first_start.services import checking
from first_start.services.assembling import counts
from first_start.services.founding import Founded, PlanRefused, found
from first_start.views.access import PASS
from first_start.views.base import STEPS, StepPage
from first_start.views.base import first_open as open_step


class ConfirmForm(Form):
    """Nothing to fill in: the page says what will be written."""


class CheckStep(StepPage):
    step = "check"
    template_name = "first_start/check.html"
    form_class = ConfirmForm

    def elsewhere(self) -> str:
        """Back to the first step that is not answered."""
        step = open_step(self.answers)
        return "" if step == self.step else f"first_start:{step}"

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        own = (
            self.answers["people"]["officers"]["administrator"]["username"],
            self.answers["people"]["password"],
        )
        try:
            done = found(plan=self.plan, now=clock.now(), only_an_empty=True, own_password=own)
        except (PlanRefused, Conflict) as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        self.request.session.pop(PASS, None)
        return self._finished(done, own[0])

    def _finished(self, done: Founded, username: str) -> HttpResponse:
        """Shown once: nobody keeps the passwords that its print holds."""
        context = {
            "done": done,
            "counts": counts(self.plan),
            "username": username,
            "county": self.plan.county,
        }
        response = render(self.request, "first_start/done.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wrong = [
            {"text": row.text, "words": STEP_WORDS[row.step], "name": f"first_start:{row.step}"}
            for row in checking.problems(self.plan)
        ]
        return super().get_context_data(**kwargs) | {
            "counts": counts(self.plan),
            "people": self.plan.people,
            "wrong": wrong,
            "holidays": self.plan.holidays,
            "steps_before": STEPS[:-1],
        }
