"""One escalation: its page, and the answers a leader or a coordinator gives to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.actor import Actor
from core.clock import now, shanghai_date
from core.form_errors import show_errors
from core.forms import Form
from core.reading import writes_when_read
from disputes.models import Dispute
from disputes.services import looks
from disputes.views.acting import acting
from early_warning import rights
from early_warning.errors import NotPermitted, WrongState
from early_warning.forms import answers as forms
from early_warning.models import Escalation
from early_warning.selectors.escalation import (
    EscalationPage,
    after_no_result,
    escalation_page,
    goes_on_as,
    waits_for_check,
)
from early_warning.services import answers, checks


@dataclass(frozen=True)
class Answer:
    """One way to answer. `effect` says exactly what will happen; `final`: cannot be taken back."""

    label: Any
    icon: str
    form: type[Form]
    take: Callable[..., object]
    effect: Callable[[EscalationPage], str]
    done: Any
    by_coordinator: bool = False
    final: bool = False
    initial: Callable[[EscalationPage], dict[str, Any]] = lambda _page: {}


def _instructed(page: EscalationPage) -> str:
    handler = page.dispute.responsible_person
    if handler is not None:
        return _("批示送%s，并记入流转记录。预警仍在计时，直到您报告结果。") % handler
    return _("批示送%s，并记入流转记录。预警仍在计时，直到您报告结果。") % page.dispute.managing_org


def _resolve_by(_page: EscalationPage) -> str:
    return _(
        "确定后按这一天计算化解时限，记入流转记录，并通知承办单位和管理中心。以后需要延长的，须申请延期。"
    )


def _present_day(page: EscalationPage) -> dict[str, Any]:
    due_at = page.dispute.resolve_by
    return {"resolve_by": shanghai_date(due_at)} if due_at else {}


def _removed(page: EscalationPage) -> str:
    return (
        _("提交后由%s在一天内核实。核实通过，这一步结束；没有通过，立即报告下一级。纠纷本身不因此销号。")
        % page.dispute.managing_org
    )


def _climbs(page: EscalationPage) -> str:
    return after_no_result(page.escalation, page.chain)


def _checked(page: EscalationPage) -> str:
    following = page.chain.next if page.chain else None
    told = _("核实没有通过的，立即报告下一级。") if following else _("核实没有通过的，报告县综治中心。")
    return _("您的核实结果记入流转记录。%s") % told


ANSWERS: dict[str, Answer] = {
    "instruct": Answer(
        gettext_lazy("批示"), "pen", forms.InstructForm, answers.instruct, _instructed,
        gettext_lazy("批示已送达承办人。"),
    ),
    "set_resolve_by": Answer(
        gettext_lazy("明确化解时限"), "calendar-check", forms.ResolveByForm, answers.set_resolve_by, _resolve_by,
        gettext_lazy("化解时限已明确。"), initial=_present_day,
    ),
    "risk_removed": Answer(
        gettext_lazy("风险已消除"), "shield-check", forms.RiskRemovedForm, answers.risk_removed, _removed,
        gettext_lazy("已报告风险消除，等待核实。"),
    ),
    "no_result": Answer(
        gettext_lazy("处理未果，上报"), "arrow-up-circle", forms.NoResultForm, answers.no_result, _climbs,
        gettext_lazy("已上报。"), final=True,
    ),
    "check": Answer(
        gettext_lazy("核实风险是否消除"), "clipboard-check", forms.CheckForm, checks.check_removal, _checked,
        gettext_lazy("核实结果已记录。"), by_coordinator=True,
    ),
}  # fmt: skip


@writes_when_read("opening what is restricted is recorded")
@require_safe
@login_required
def escalation(request: HttpRequest, escalation_id: int) -> HttpResponse:
    by, moment = acting(request), now()
    following = goes_on_as(escalation_id, by)
    if following is not None:
        return redirect("early_warning:escalation", following)
    page = escalation_page(escalation_id, by, moment)
    looks.note(page.dispute, by=by, now=moment)
    return render(request, "early_warning/escalation.html", _context(page, moment))


@require_POST
@login_required
def acknowledge(request: HttpRequest, escalation_id: int) -> HttpResponse:
    """知悉: one tap, from the queue or the page."""
    by = acting(request)
    answers.acknowledge(escalation_id=escalation_id, by=by, now=now())
    messages.success(request, _("已记录您知悉的时间。"))
    if request.POST.get("from") == "queue":
        return redirect("early_warning:queue")
    return redirect("early_warning:escalation", escalation_id)


@writes_when_read("opening what is restricted is recorded")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: HttpRequest, escalation_id: int, step: str) -> HttpResponse:
    """GET shows the form and says who is told next; POST answers and leads back."""
    chosen = ANSWERS.get(step)
    if chosen is None:
        raise Http404
    by, moment = acting(request), now()
    page = escalation_page(escalation_id, by, moment)
    looks.note(page.dispute, by=by, now=moment)
    _refuse(chosen, page.escalation, by)
    form = chosen.form(request.POST or None, initial=chosen.initial(page))
    if request.method == "POST" and form.is_valid() and _taken(chosen, form, escalation_id, by, moment):
        messages.success(request, str(chosen.done))
        return redirect(_after(page.dispute, escalation_id, by))
    context = _context(page, moment) | {
        "answer": chosen,
        "form": form,
        "heading": chosen.label,
        "submit": chosen.label,
        "icon": chosen.icon,
        "danger": chosen.final,
        "effect": chosen.effect(page),
        "back_url": reverse("early_warning:escalation", args=[escalation_id]),
    }
    return render(request, "early_warning/answer.html", context, status=422 if form.errors else 200)


def _refuse(chosen: Answer, row: Escalation, by: Actor) -> None:
    """State first (409), then person (403), as for the steps of a dispute."""
    if chosen.by_coordinator:
        fits, may = waits_for_check(row), rights.may_check(by, row)
    else:
        fits, may = row.is_open, rights.may_answer(by, row)
    if not fits:
        raise WrongState(_("这一步预警已经结束，请刷新页面查看最新进展。"))
    if not may:
        raise NotPermitted(_("这件预警不是报告给您的，您不能这样处理。"))


def _taken(chosen: Answer, form: Form, escalation_id: int, by: Actor, moment: datetime) -> bool:
    with show_errors(form):
        chosen.take(escalation_id=escalation_id, **form.cleaned_data, by=by, now=moment)
    return not form.errors


def _after(dispute: Dispute, escalation_id: int, by: Actor) -> str:
    """Back to the page; to the queue when the answer ended their sight of the dispute."""
    if Dispute.objects.visible_to(by).filter(pk=dispute.pk).exists():
        return reverse("early_warning:escalation", args=[escalation_id])
    return reverse("early_warning:queue")


def _context(page: EscalationPage, moment: datetime) -> dict[str, Any]:
    return {"page": page, "row": page.escalation, "dispute": page.dispute, "now": moment}
