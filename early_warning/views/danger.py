"""Beside "文字中可能有人身危险": a person says that it is so, or has looked and it is not."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.clock import now
from core.errors import NotPermitted
from core.form_errors import show_errors
from disputes.selectors.detail import visible_dispute
from disputes.services import danger
from disputes.views.acting import acting
from early_warning.forms.danger import DangerForm
from early_warning.services import dangers
from responsibility.forms import ReasonForm
from responsibility.views.leader_pages import ASKS, address_of, case_and_actor, form_page


@require_http_methods(ASKS)
@login_required
def mark(request: HttpRequest, number: str) -> HttpResponse:
    """Marks danger, with whom somebody told of it; where it is marked already, asks only that."""
    by = acting(request)
    dispute = visible_dispute(number, by)
    if request.method != "POST" or dispute.danger:
        case_and_actor(request, number)
    form = DangerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            danger.mark(dispute_id=dispute.pk, **form.cleaned_data, by=by, now=now())
            messages.success(request, _("已标记有人身危险，值班岗位和有关领导已收到通知。"))
            return redirect("disputes:detail", number)
    return form_page(
        request,
        form,
        dispute,
        heading=_("有人身危险"),
        submit=_("写明报告了谁") if dispute.danger else _("标记有人身危险"),
        effect=_("先报 110/派出所，并电话报告值班领导，再写明报告了谁、什么时候。"),
    )


@require_http_methods(ASKS)
@login_required
def clear(request: HttpRequest, number: str) -> HttpResponse:
    dispute, by = case_and_actor(request, number)
    if not danger.may_mark(by, dispute):
        raise NotPermitted(_("您当前的岗位不能核实人身危险。"))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            dangers.clear(number=number, reason=form.cleaned_data["reason"], by=by, now=now())
            messages.success(request, _("已记录。以后的进展报告再提到危险时会重新提示。"))
            return redirect(address_of(dispute))
    return form_page(
        request,
        form,
        dispute,
        heading=_("核实没有人身危险"),
        submit=_("没有危险"),
        effect=_("请先联系当事人或到场核实。怎样核实的写入流转记录；如有疑问，按有危险办理。"),
    )
