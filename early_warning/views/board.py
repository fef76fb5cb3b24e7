"""The warning board of a county or a town."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from classifier.rights import may_manage
from core.clock import now
from core.forms import Form
from disputes.views.acting import acting
from early_warning.selectors import board as selectors

PERIODS = [(30, _("近30天")), (90, _("近90天")), (365, _("近12个月"))]
DEFAULT_PERIOD = 90


class BoardForm(Form):
    """Which figure is listed, from where on, and over which period the averages go."""

    show = forms.ChoiceField(
        choices=[(name, shown.label) for name, shown in selectors.SHOWN.items()], required=False
    )
    after = forms.RegexField(r"^[1-3]-\d{1,18}$", required=False)
    days = forms.TypedChoiceField(
        label=_("时段"), choices=PERIODS, coerce=int, required=False, empty_value=None
    )

    def chosen(self) -> dict[str, Any]:
        """What is wrong counts as not asked for."""
        self.is_valid()
        return self.cleaned_data


@require_safe
@login_required
def board(request: HttpRequest) -> HttpResponse:
    by, moment = acting(request, Permission.VIEW_DASHBOARD), now()
    chosen = BoardForm(request.GET).chosen()
    show, days = chosen.get("show") or "open", chosen.get("days") or DEFAULT_PERIOD
    after = tuple(int(part) for part in chosen["after"].split("-")) if chosen.get("after") else None
    page = selectors.board_page(by, show, after)  # type: ignore[arg-type]  # two numbers by the pattern
    columns, rows = selectors.by_town(by, moment)
    here = reverse("early_warning:board")
    figures = selectors.figures(by)
    context = {
        "place": by.organization.place,
        "figures": [
            {"row": one, "url": f"{here}?{urlencode({'show': one.name, 'days': days})}#list"}
            for one in figures
        ],
        "show": selectors.SHOWN[show],
        "shown_count": next(one.value for one in figures if one.name == show),
        "page": page,
        "next_url": f"{here}?{urlencode({'show': show, 'days': days, 'after': page.next})}#list"
        if page.next
        else "",
        "columns": columns,
        "rows": rows,
        "paces": selectors.paces(by, days, moment),
        "periods": [
            {
                "url": f"{here}?{urlencode({'show': show, 'days': value})}#pace",
                "label": label,
                "active": value == days,
            }
            for value, label in PERIODS
        ],
        "now": moment,
        "keeps_policy": may_manage(by),
    }
    return render(request, "early_warning/board.html", context)
