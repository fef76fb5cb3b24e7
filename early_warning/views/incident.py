"""The record of an event that is happening (§10): one line at a time, from the scene."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.clock import now
from core.form_errors import show_errors
from disputes.views.acting import acting
from early_warning.errors import NotPermitted, WrongState
from early_warning.forms.levels import IncidentForm
from early_warning.selectors.escalation import seen_dispute
from early_warning.selectors.warning_page import WarningPage, warning_page
from early_warning.services import incidents


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def incident(request: HttpRequest, number: str) -> HttpResponse:
    by, moment = acting(request), now()
    dispute = seen_dispute(number, by)
    page = warning_page(dispute, by, moment)
    _refuse(page)
    form = IncidentForm(request.POST or None, initial={"happened_at": moment})
    if request.method == "POST" and form.is_valid() and page.warning is not None:
        with show_errors(form):
            incidents.add_entry(warning_id=page.warning.pk, **form.cleaned_data, by=by, now=moment)
            messages.success(request, _("已记入现场处置记录。"))
            return redirect("early_warning:warning", number)
    context = {
        "form": form,
        "dispute": dispute,
        "page": page,
        "heading": _("添加现场处置记录"),
        "submit": _("记入"),
        "icon": "plus-lg",
        "back_url": reverse("early_warning:warning", args=[number]),
    }
    return render(request, "early_warning/incident.html", context, status=422 if form.errors else 200)


def _refuse(page: WarningPage) -> None:
    if page.warning is None or not page.warning.happening or not page.warning.is_open:
        raise WrongState(_("这件纠纷没有正在发生的事件，不用记现场处置。"))
    if not page.may_record:
        raise NotPermitted(_("现场处置记录由收到报告的领导和综治中心填写。"))
