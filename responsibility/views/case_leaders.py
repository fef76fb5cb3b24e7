"""领导包案 on pages: taking a case on, telling how it goes, the principal stepping in, ending it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.actor import Actor
from core.errors import NotPermitted, WrongState
from core.form_errors import show_errors
from disputes.models import Dispute
from responsibility import permissions
from responsibility.forms import CaseLeaderForm, ProgressForm, ReasonForm, TakeOverForm
from responsibility.models import CaseLeader
from responsibility.selectors import leader_choices
from responsibility.services import case_leaders
from responsibility.views.leader_pages import ASKS, address_of, case_and_actor, form_page


@require_http_methods(ASKS)
@login_required
def start(request: HttpRequest, number: str) -> HttpResponse:
    dispute, by = _to_assign(request, number)
    if request.method != "POST" and case_leaders.current_of(dispute) is not None:
        raise WrongState(_("本件已有包案领导。如需更换，请先结束包案或由主要领导接手。"))
    now = clock.now()
    choices = leader_choices.person_choices(dispute, now)
    form = CaseLeaderForm(request.POST or None, leaders=choices, initial=_myself(by, choices))
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            row = case_leaders.start(number=number, undertaking=form.undertaking(), by=by, now=now)
            messages.success(request, _("已确定由 %s 包案，并已通知。") % row.leader)
            return redirect(address_of(dispute))
    return form_page(
        request,
        form,
        dispute,
        heading=_("领导包案"),
        submit=_("确定包案"),
        effect=_("包案领导和承办人将收到通知；方案写入流转记录，当事单位看不到。"),
    )


@require_http_methods(ASKS)
@login_required
def take_over(request: HttpRequest, number: str) -> HttpResponse:
    """What the case leader could not solve goes to a principal leader."""
    dispute, by = _to_assign(request, number)
    current, now = _current(dispute), clock.now()
    choices = leader_choices.person_choices(dispute, now, principals=True)
    form = TakeOverForm(request.POST or None, leaders=choices, initial=_myself(by, choices))
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            row = case_leaders.take_over(
                number=number,
                undertaking=form.undertaking(),
                reason=form.cleaned_data["reason"],
                by=by,
                now=now,
            )
            messages.success(request, _("现由 %s 接手包案，并已通知。") % row.leader)
            return redirect(address_of(dispute))
    return form_page(
        request, form, dispute, heading=_("主要领导接手包案"), submit=_("接手"), rows=_rows(current)
    )


@require_http_methods(ASKS)
@login_required
def progress(request: HttpRequest, number: str) -> HttpResponse:
    dispute, by = case_and_actor(request, number)
    current = _current(dispute)
    if not permissions.may_report_as_case_leader(by, dispute, current.leader.user_id):
        raise NotPermitted(_("包案进展由包案领导本人或管理中心填写。"))
    form = ProgressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            case_leaders.report_progress(number=number, by=by, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("包案进展已写入流转记录。"))
            return redirect(address_of(dispute))
    return form_page(
        request, form, dispute, heading=_("填写包案进展"), submit=_("保存进展"), rows=_rows(current)
    )


@require_http_methods(ASKS)
@login_required
def end(request: HttpRequest, number: str) -> HttpResponse:
    dispute, by = _to_assign(request, number)
    current = _current(dispute)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            case_leaders.end(number=number, reason=form.cleaned_data["reason"], by=by, now=clock.now())
            messages.success(request, _("包案已结束。"))
            return redirect(address_of(dispute))
    return form_page(request, form, dispute, heading=_("结束包案"), submit=_("结束包案"), rows=_rows(current))


def _to_assign(request: HttpRequest, number: str) -> tuple[Dispute, Actor]:
    dispute, by = case_and_actor(request, number)
    if not permissions.may_assign_case_leader(by, dispute):
        raise NotPermitted(_("包案领导由领导或县综治中心确定。"))
    return dispute, by


def _current(dispute: Dispute) -> CaseLeader:
    current = case_leaders.current_of(dispute)
    if current is None:
        raise WrongState(_("本件目前没有包案领导，请刷新页面。"))
    return current


def _myself(by: Actor, choices: list[tuple[str, str]]) -> dict[str, str]:
    """A leader who opens the form most likely takes the case on."""
    own = str(by.acting.pk) if by.acting else ""
    return {"leader": own} if own in dict(choices) else {}


def _rows(current: CaseLeader) -> list[dict[str, Any]]:
    rows = [
        (_("包案领导"), str(current.leader)),
        (_("化解方案"), current.plan),
        (_("预计化解日期"), current.expected_on.isoformat()),
        (_("进展"), current.progress),
    ]
    return [{"term": term, "value": value} for term, value in rows if value]
