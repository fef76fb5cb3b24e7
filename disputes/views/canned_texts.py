"""常用语 of one's own unit: all, a new one, a changed one, the end of one; and the list a step's field asks for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission
from core.clock import now
from core.form_errors import show_errors
from disputes.forms.canned_texts import NewTextForm, TextForm
from disputes.models import CannedText
from disputes.selectors import canned_texts as canned
from disputes.services import canned_texts
from disputes.views.acting import acting
from disputes.views.intake_pick import answer, typed

ALL = "disputes:canned"


@require_safe
@login_required
def texts(request: HttpRequest) -> HttpResponse:
    by = acting(request, Permission.HANDLE)
    context = {"groups": canned.by_field(by), "past": canned.past(by), "unit": by.organization}
    return render(request, "disputes/canned/texts.html", context)


@login_required
def new(request: HttpRequest) -> HttpResponse:
    by = acting(request, Permission.HANDLE)
    form = NewTextForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            canned_texts.add(**form.cleaned_data, by=by, now=now())
        if not form.errors:
            messages.success(request, _("已增加常用语。"))
            return redirect(ALL)
    return _form_page(request, form, {"heading": _("增加常用语"), "unit": by.organization})


@login_required
def change(request: HttpRequest, text_id: int) -> HttpResponse:
    by = acting(request, Permission.HANDLE)
    row = CannedText.objects.filter(pk=text_id, unit=by.organization, retired_at=None).first()
    if row is None:
        raise Http404
    form = TextForm(request.POST or None, initial={"text": row.text})
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            canned_texts.change(text_id=row.pk, text=form.cleaned_data["text"], by=by, now=now())
        if not form.errors:
            messages.success(request, _("已修改，原来的内容保留在历史里。"))
            return redirect(ALL)
    return _form_page(request, form, {"heading": _("修改常用语"), "unit": by.organization, "row": row})


@require_POST
@login_required
def retire(request: HttpRequest, text_id: int) -> HttpResponse:
    canned_texts.retire(text_id=text_id, by=acting(request, Permission.HANDLE), now=now())
    messages.success(request, _("已停用，保留在历史里。"))
    return redirect(ALL)


@require_safe
@login_required
def pick(request: HttpRequest) -> JsonResponse:
    """A dozen of the own unit for `field`, by words in them."""
    return answer(canned.offered(acting(request), request.GET.get("field", ""), typed(request)))


def _form_page(request: HttpRequest, form: Form, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "disputes/canned/form.html", context | {"form": form}, status=status)
