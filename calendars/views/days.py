"""The year calendar and one day of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.mixins import PermissionRequired
from accounts.permissions import Permission
from accounts.rights import may
from calendars import selectors
from calendars.forms import NORMAL, OFF, WORK, DayForm, plan_of
from calendars.models import CalendarDay
from calendars.rules.terms import FIRST_YEAR, LAST_YEAR
from calendars.services import plans
from core import clock
from core.http import actor_of
from core.pages import FormPage


class ThisYearView(LoginRequiredMixin, View):
    def get(self, _request: HttpRequest) -> HttpResponse:
        return redirect("calendars:year", year=clock.shanghai_date(clock.now()).year)


class YearView(LoginRequiredMixin, TemplateView):
    """Twelve months; days off and make-up days in words and colour. Those who may, edit a day from here."""

    template_name = "calendars/year.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year, now = self.kwargs["year"], clock.now()
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Http404
        known = selectors.years()
        missing = selectors.missing_plan(now)
        shown = sorted({*known, year, *([missing] if missing else [])})
        tabs = [
            {"url": reverse("calendars:year", args=[each]), "label": str(each), "active": each == year}
            for each in shown
        ]
        return super().get_context_data(**kwargs) | {
            "page": selectors.year_page(year, now),
            "tabs": tabs,
            "missing_plan": missing,
            "may_edit": may(actor_of(self.request), Permission.MANAGE_CALENDAR),
        }


class DayView(PermissionRequired, FormPage):
    """One day: off, worked, or as the week has it."""

    permission = Permission.MANAGE_CALENDAR
    template_name = "calendars/day.html"
    form_class = DayForm
    submit, done = _("保存"), _("已保存。正在计时的期限将在一分钟内重新推算。")
    lead = _("改动后，跨过这一天且未到期的期限会自动重算；已经超期的不变。")
    day: date

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        try:
            self.day = date.fromisoformat(kwargs["day"])
        except ValueError as error:
            raise Http404 from error

    def get_initial(self) -> dict[str, Any]:
        row = CalendarDay.objects.filter(date=self.day).first()
        if row is None:
            return {"kind": NORMAL}
        return {"kind": WORK if row.is_workday else OFF, "name": row.name, "source": row.source}

    def perform(self, data: dict[str, Any]) -> None:
        plans.set_day(day=self.day, plan=plan_of(data), source=data["source"], by=self.by, now=self.now)

    def back_url(self) -> str:
        return reverse("calendars:year", args=[self.day.year])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"day": self.day}
