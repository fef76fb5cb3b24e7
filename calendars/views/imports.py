"""A year's plan from a CSV file: upload, look at every line, load."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.mixins import PermissionRequired
from accounts.permissions import Permission
from calendars.forms import PlanConfirmForm, PlanUploadForm
from calendars.models import CalendarDay
from calendars.presenters import plan_problem_words
from calendars.rules.plan_csv import PlanFile, parse
from calendars.rules.terms import FIRST_YEAR, LAST_YEAR
from calendars.services import plans
from core.pages import FormPage


class PlanImportView(PermissionRequired, FormPage):
    """Upload first; the preview posts the same text back to be loaded."""

    permission = Permission.MANAGE_CALENDAR
    template_name = "calendars/import.html"
    form_class = PlanUploadForm
    submit = _("预览")
    lead = _("先预览，逐行核对后再录入。录入会替换这一年原有的安排。")

    @property
    def heading(self) -> str:
        return str(_("录入%(year)s年放假安排")) % {"year": self.kwargs["year"]}

    def back_url(self) -> str:
        return reverse("calendars:year", args=[self.kwargs["year"]])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not FIRST_YEAR <= kwargs["year"] <= LAST_YEAR:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "confirm" in request.POST:
            return self._load(PlanConfirmForm(request.POST))
        return super().post(request, *args, **kwargs)

    def perform(self, data: dict[str, Any]) -> HttpResponse:
        return self._preview(parse(data["file"], self.kwargs["year"]), data["file"], data["source"])

    def _load(self, form: PlanConfirmForm) -> HttpResponse:
        if not form.is_valid():
            return redirect("calendars:import", year=self.kwargs["year"])
        text, source = form.cleaned_data["text"], form.cleaned_data["source"]
        plan = parse(text, self.kwargs["year"])
        if not plan.is_usable:
            return self._preview(plan, text, source)
        plans.load_year(
            year=plan.year,
            days=plan.days,
            source=source,
            by=self.by,
            now=self.now,
        )
        messages.success(
            self.request,
            str(_("已录入%(year)s年放假安排，共%(n)d天。")) % {"year": plan.year, "n": len(plan.days)},
        )
        return redirect("calendars:year", year=plan.year)

    def _preview(self, plan: PlanFile, text: str, source: str) -> HttpResponse:
        rows = [(row, plan_problem_words(row.problem)) for row in plan.rows]
        form = PlanConfirmForm(initial={"text": text, "source": source})
        context = {"plan": plan, "rows": rows, "form": form, "source": source, "year": plan.year}
        return render(self.request, "calendars/import_preview.html", context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"year": self.kwargs["year"]}


class PlanDownloadView(LoginRequiredMixin, View):
    """The plan of a year as the file an import takes: a pattern for the next one."""

    def get(self, _request: HttpRequest, year: int) -> HttpResponse:
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="plan-{year}.csv"'
        writer = csv.writer(response)
        writer.writerow(["日期", "类型", "名称"])
        for day in CalendarDay.objects.filter(year=year):
            writer.writerow([day.date.isoformat(), "班" if day.is_workday else "休", day.name])
        return response
