"""What the pages of the first start share: steps in order, each kept as soon as it is answered."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView

from first_start.presenters import STEP_WORDS
from first_start.rules.plan import CountyPlan
from first_start.services import answers
from first_start.services.answers import Answers
from first_start.services.assembling import plan_of
from first_start.views.access import LetIn

STEPS = tuple(STEP_WORDS)


def first_open(known: Answers) -> str:
    """The first step without an answer; the last one when all are answered."""
    return next((step for step in STEPS if step not in known), STEPS[-1])


class StepPage(LetIn, FormView):
    """A form whose answer is kept by itself; nothing of it is in force before the last step."""

    step = ""

    @cached_property
    def answers(self) -> Answers:
        return answers.read()

    @cached_property
    def plan(self) -> CountyPlan:
        return plan_of(self.answers)

    def elsewhere(self) -> str:
        """Everything is named after the places, so they come first."""
        return "" if self.step == "places" or "places" in self.answers else "first_start:places"

    def answer(self, form: Any) -> dict[str, Any]:
        """What is kept of the form."""
        raise NotImplementedError  # each step has its own

    def form_valid(self, form: BaseForm) -> HttpResponse:
        answers.keep(step=self.step, answer=self.answer(form))
        return redirect(f"first_start:{STEPS[STEPS.index(self.step) + 1]}")

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = STEPS.index(self.step)
        return super().get_context_data(**kwargs) | {
            "heading": STEP_WORDS[self.step],
            "steps": [self._shown(step) for step in STEPS],
            "number": at + 1,
            "back_url": reverse(f"first_start:{STEPS[at - 1]}") if at else "",
            "county": self.plan.county.name if self.plan.county else "",
        }

    def _shown(self, step: str) -> dict[str, Any]:
        is_open = step in self.answers or step == first_open(self.answers)
        return {
            "words": STEP_WORDS[step],
            "url": reverse(f"first_start:{step}") if is_open else "",
            "is_now": step == self.step,
            "is_done": step in self.answers,
        }


def show_at(form: BaseForm, name: str, text: str) -> None:
    """At the field where the form has it, else on top."""
    form.add_error(name if name in form.fields else None, text)
