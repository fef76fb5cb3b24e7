"""The button beside "文字中可能有人身危险": a person says it is so."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.clock import now
from disputes.selectors.detail import visible_dispute
from disputes.services import danger
from disputes.views.acting import acting


@require_POST
@login_required
def mark(request: HttpRequest, number: str) -> HttpResponse:
    by = acting(request)
    danger.mark(dispute_id=visible_dispute(number, by).pk, by=by, now=now())
    messages.success(
        request, _("已标记有人身危险，值班岗位已收到通知。请先报 110/派出所，并电话报告值班领导。")
    )
    return redirect("disputes:detail", number)
