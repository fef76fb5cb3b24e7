"""The rules table, a new dated row, and the calculator."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.mixins import PermissionRequired
from accounts.permissions import Permission
from accounts.rights import may
from calendars import selectors
from calendars.choices import LimitUnit
from calendars.forms import CalculatorForm, RuleForm
from calendars.services import due
from calendars.services.due import Due
from calendars.services.rule_editing import add_rule
from core import clock
from core.form_errors import show_errors
from core.http import actor_of
from core.pages import FormPage


class RulesView(LoginRequiredMixin, TemplateView):
    """Every limit with where it is written; what was in force before stays below it."""

    template_name = "calendars/rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = clock.now()
        return super().get_context_data(**kwargs) | {
            "groups": selectors.rule_groups(now),
            "missing_plan": selectors.missing_plan(now),
            "may_edit": may(actor_of(self.request), Permission.MANAGE_CALENDAR),
        }


class NewRuleView(PermissionRequired, FormPage):
    permission = Permission.MANAGE_CALENDAR
    template_name = "calendars/new_rule.html"
    form_class = RuleForm
    heading, submit, done = _("增加期限规则"), _("增加规则"), _("已增加规则，原规则保留在历史中。")
    lead = _("新规则从生效日起用于新开始的期限，同一事项的原规则到前一天为止。")

    def get_initial(self) -> dict[str, Any]:
        asked = {name: self.request.GET.get(name, "") for name in ("key", "category", "source_kind")}
        return asked | {"effective_from": self.today}

    def perform(self, data: dict[str, Any]) -> None:
        add_rule(**data, by=self.by, now=self.now)

    def back_url(self) -> str:
        return reverse("calendars:rules")


class CalculatorView(LoginRequiredMixin, View):
    """How long is that, with the reason. Asked with GET; nothing is written."""

    def get(self, request: HttpRequest) -> HttpResponse:
        today = clock.shanghai_date(clock.now())
        form = CalculatorForm(request.GET) if request.GET else CalculatorForm(initial=_suggested(today))
        answer = self._answer(form) if form.is_bound and form.is_valid() else None
        context = {"form": form, "answer": answer, "missing_plan": selectors.missing_plan(clock.now())}
        return render(request, "calendars/calculator.html", context)

    def _answer(self, form: CalculatorForm) -> Due | None:
        data = form.cleaned_data
        with show_errors(form):
            return due.compute(_start(data["start"], data["time"], data["unit"]), data["limit"], data["unit"])
        return None


def _suggested(today: date) -> dict[str, Any]:
    return {"start": today, "limit": 30, "unit": LimitUnit.DAY}


def _start(day: date, at: time | None, unit: str) -> date | datetime:
    return datetime.combine(day, at) if at is not None and unit == LimitUnit.HOUR else day
