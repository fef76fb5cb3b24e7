"""The county dashboard: how many came, how many were settled in time, and where they pile up."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts.acting import who_acts
from accounts.middleware import ACTING
from accounts.permissions import Permission
from accounts.rights import require
from core.clock import now, shanghai_date
from core.forms import Form
from core.reading import writes_when_read
from dashboards.rules import periods
from dashboards.selectors import county
from dashboards.selectors.warning_figures import warning_figures
from dashboards.services import snapshots

PERIODS = [
    (periods.THIS_MONTH, _("本月")),
    (periods.LAST_MONTH, _("上月")),
    (periods.THIS_QUARTER, _("本季")),
    (periods.THIS_YEAR, _("本年")),
    (periods.LAST_12_MONTHS, _("近12个月")),
    (periods.CUSTOM, _("自选")),
]


class PeriodForm(Form):
    """The period picker; a custom period needs its two days in order."""

    period = forms.ChoiceField(label=_("时段"), choices=PERIODS, required=False)
    first = forms.DateField(label=_("自"), required=False)
    last = forms.DateField(label=_("至"), required=False)

    def clean(self) -> dict[str, object]:
        values = super().clean() or self.cleaned_data
        if values.get("period") == periods.CUSTOM:
            first, last = values.get("first"), values.get("last")
            if not first or not last:
                self.add_error("first", _("自选时段请填写起止日期。"))
            elif first > last:
                self.add_error("last", _("结束日期不能早于开始日期。"))
        return values


@writes_when_read("figures that took long are kept for whoever asks next")
@login_required
def county_dashboard(request: HttpRequest) -> HttpResponse:
    """Figures of everything the actor may see, for a period of their choice."""
    by = who_acts(request)
    require(by, Permission.VIEW_DASHBOARD)
    moment = now()
    form = PeriodForm(request.GET or {"period": periods.LAST_12_MONTHS})
    chosen = form.cleaned_data if form.is_valid() else {}
    period = periods.period(
        chosen.get("period") or periods.LAST_12_MONTHS,
        shanghai_date(moment),
        chosen.get("first"),
        chosen.get("last"),
    )
    acting = request.session.get(ACTING, "")
    shown = snapshots.figures_for(by, period, acting=acting, now=moment)
    context = {
        "form": form,
        "period": period,
        "computed_at": shown.computed_at,
        "warnings": warning_figures(by, moment),
        "boxes": county.boxes(shown.payload),
        "charts": county.charts(shown.payload),
        "place": by.organization.place,
    }
    return render(request, "dashboards/county.html", context, status=200 if form.is_valid() else 422)
