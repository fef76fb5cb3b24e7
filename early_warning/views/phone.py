"""Phone reports of a duty post: what is to be phoned, and writing down the answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.clock import now
from core.form_errors import show_errors
from disputes.views.acting import acting
from early_warning.errors import WrongState
from early_warning.forms.answers import PhoneForm
from early_warning.selectors.phone_tasks import phone_page, phone_task
from early_warning.services import phone


@require_safe
@login_required
def tasks(request: HttpRequest) -> HttpResponse:
    by, moment = acting(request), now()
    return render(request, "early_warning/phone.html", {"page": phone_page(by, moment), "now": moment})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    by, moment = acting(request), now()
    card = phone_task(task_id, by)
    if card.task.closed_at is not None:
        raise WrongState(_("这项电话报告已经办结。"))
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            phone.report_by_phone(task_id=task_id, **form.cleaned_data, by=by, now=moment)
            messages.success(request, _("电话报告情况已记录。"))
            return redirect("early_warning:phone")
    context = {"form": form, "card": card, "now": moment, "back": reverse("early_warning:phone")}
    return render(request, "early_warning/phone_task.html", context, status=422 if form.errors else 200)
