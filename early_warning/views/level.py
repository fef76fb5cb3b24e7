"""Confirming, raising, lowering and lifting a warning, and consenting to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.actor import Actor
from core.clock import now
from core.form_errors import show_errors
from disputes.models import Dispute
from disputes.views.acting import acting
from early_warning import rights
from early_warning.choices import ChangeKind
from early_warning.errors import NotFound, NotPermitted, WrongState
from early_warning.forms.levels import ChangeForm, ConsentForm
from early_warning.models import DisputeWarning, LevelRequest
from early_warning.selectors.escalation import seen_dispute
from early_warning.selectors.warning_page import (
    WarningPage,
    current_warning,
    may_break_out,
    request_words,
    warning_page,
)
from early_warning.services import level_answers, levels

CONSENT_FROM = 2  # lowering or lifting this level or a higher one waits for consent
TAKE: dict[ChangeKind, Callable[..., object]] = {
    ChangeKind.CONFIRM: levels.confirm,
    ChangeKind.RAISE: levels.raise_level,
    ChangeKind.LOWER: levels.lower,
    ChangeKind.LIFT: levels.lift,
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """One form for each kind of change; it says who is told and whose consent is needed."""
    if kind not in ChangeKind.values:
        raise Http404
    by, moment = acting(request), now()
    dispute = seen_dispute(number, by)
    if not rights.may_grade(by, dispute):
        raise NotPermitted(_("预警级别由管理本件的综治中心核定，您当前的岗位不能调整。"))
    page = warning_page(dispute, by, moment)
    if kind not in [one.kind for one in page.changes]:
        raise WrongState(_("预警情况已经改变，现在不能这样调整。请刷新页面。"))
    warning = page.warning if page.is_open else None
    form = _form(request, kind, warning)
    shown = next(one for one in page.changes if one.kind == kind)
    if request.method == "POST" and form.is_valid() and _changed(kind, dispute, warning, form, by, moment):
        messages.success(request, _done(kind, dispute))
        return redirect("early_warning:warning", number)
    context = {
        "form": form,
        "dispute": dispute,
        "page": page,
        "now": moment,
        "facts": page.facts,
        "heading": shown.label,
        "submit": shown.label,
        "icon": shown.icon,
        "effect": effect_of(kind, page),
        "back_url": reverse("early_warning:warning", args=[number]),
    }
    return render(request, "early_warning/change.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, kind: str, warning: DisputeWarning | None) -> ChangeForm:
    level, happening = (warning.level, warning.happening) if warning else (0, False)
    given = request.POST if request.method == "POST" else None
    form = ChangeForm(given, change=kind, level=level, happening=happening)
    if _breaks_out(kind, warning):
        del form.fields["happening"]  # saying so is what the page is for
        form.fields["reason"].required, form.fields["reason"].help_text = True, ""
    elif kind == ChangeKind.CONFIRM and warning is None:
        del form.fields["reason"]  # nothing is asked but the click
    return form


def _breaks_out(kind: str, warning: DisputeWarning | None) -> bool:
    return kind == ChangeKind.CONFIRM and warning is not None and may_break_out(warning)


def _changed(
    kind: str, dispute: Dispute, warning: DisputeWarning | None, form: ChangeForm, by: Actor, moment: datetime
) -> bool:
    data = form.cleaned_data
    given: dict[str, Any] = {"reason": data.get("reason", ""), "by": by, "now": moment}
    if "level_to" in data:
        given["level_to"] = data["level_to"]
    if "happening" in data:
        given["happening"] = data["happening"]
    elif _breaks_out(kind, warning):
        given["happening"] = True
    with show_errors(form):
        if warning is None and kind == ChangeKind.CONFIRM:
            level_answers.confirm_none(number=dispute.number, by=by, now=moment)
        elif warning is None:
            levels.propose_by_person(dispute_id=dispute.pk, **given)
        else:
            TAKE[ChangeKind(kind)](warning_id=warning.pk, **given)
    return not form.errors


def _done(kind: str, dispute: Dispute) -> str:
    warning = current_warning(dispute)
    if warning is not None and warning.requests.filter(granted=None).exists():
        return _("已提出，等待同意。同意之前预警照常计时、照常上报。")
    return str({
        ChangeKind.CONFIRM: _("已核定。"),
        ChangeKind.RAISE: _("已提级并立即报告。"),
        ChangeKind.LOWER: _("已降级。"),
        ChangeKind.LIFT: _("已解除。"),
    }[ChangeKind(kind)])  # fmt: skip


def effect_of(kind: str, page: WarningPage) -> str:
    """What will happen, with names: whom the change reaches and whose consent it waits for."""
    if _breaks_out(kind, page.warning):
        return _("提交后立即同时报告乡镇长和派出所所长，并开始现场处置记录（§10）。")
    if kind == ChangeKind.CONFIRM and not page.is_open:
        return _("核定后记为不预警，写明由谁、何时核定。以后有新情况的，仍可提出预警。")
    if kind == ChangeKind.CONFIRM:
        return _("核定后去掉“待核”标记。已发出的报告不变，计时照常。")
    if kind == ChangeKind.RAISE:
        return _("提交后按新的级别立即报告有关领导，重新计时。")
    if page.warning is not None and page.warning.level <= CONSENT_FROM:
        asked = consenting(page)
        return _("须经%s同意后生效；本人提出的，由下一级同意。同意之前照常计时、照常上报。") % asked
    return _("提交后立即生效，并通知已收到报告的领导。")


def consenting(page: WarningPage) -> str:
    """The leaders who are asked now, by post."""
    asked = [str(row.post) for chain in page.chains if chain.town for row in chain.asked]
    return _("、").join(dict.fromkeys(asked)) or _("最近一次收到报告的领导")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def consent(request: HttpRequest, request_id: int) -> HttpResponse:
    """The leader's yes or no to lowering or lifting."""
    by, moment = acting(request), now()
    row = (
        LevelRequest.objects.select_related(
            "warning__dispute", "asked_by__user", "asked_by__post__organization", "consent_of__organization"
        )
        .filter(pk=request_id)
        .first()
    )
    if row is None:
        raise NotFound(_("没有找到这项申请，或您无权查看。"))
    dispute = seen_dispute(row.warning.dispute.number, by)
    if row.granted is not None:
        raise WrongState(_("这项申请已经决定。"))
    if not rights.may_consent(by, row):
        raise NotPermitted(_("这项申请不由您决定。"))
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            levels.decide_request(request_id=row.pk, **form.cleaned_data, by=by, now=moment)
            messages.success(request, _("您的决定已记录。"))
            return redirect("early_warning:warning", dispute.number)
    context = {
        "form": form,
        "dispute": dispute,
        "row": row,
        "heading": request_words(row),
        "submit": _("提交决定"),
        "icon": "check2-square",
        "effect": _("同意后立即生效，并记入流转记录；不同意的，预警照旧。"),
        "back_url": reverse("early_warning:warning", args=[dispute.number]),
    }
    return render(request, "early_warning/consent.html", context, status=422 if form.errors else 200)
