"""调度会: the meetings of the centre acted for, their agenda, decisions and minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from coordination.forms import (
    AddCasesForm,
    DecisionForm,
    DoneForm,
    MeetingForm,
    PickForm,
    ReportForm,
)
from coordination.selectors import pages
from coordination.services import meetings, printing
from core import clock
from core.actor import Actor
from core.errors import WrongState
from core.form_errors import show_errors
from core.language import in_house_language
from core.reading import writes_when_read
from disputes.selectors.shown_levels import shown_levels
from disputes.views.acting import acting

ASKS = ["GET", "HEAD", "POST"]


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What is decided and not done, and the meetings, newest first."""
    by = acting(request, Permission.COORDINATE)
    found = pages.meetings(by, _page(request))
    to_do = pages.to_do(by)
    context = {
        "meetings": found,
        "to_do": to_do[: pages.TO_DO_ROWS],
        "levels": shown_levels([row.dispute for row in to_do], by),
        "more_to_do": len(to_do) > pages.TO_DO_ROWS,
        "today": clock.shanghai_date(clock.now()),
        "tabs": tabs("meetings"),
    }
    return render(request, "coordination/meetings.html", context)


@require_http_methods(ASKS)
@login_required
def new(request: HttpRequest) -> HttpResponse:
    by, now = acting(request, Permission.COORDINATE), clock.now()
    form = MeetingForm(request.POST or None, initial={"held_on": clock.shanghai_date(now)})
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            meeting = meetings.call_meeting(facts=form.facts(), by=by, now=now)
            messages.success(request, _("已建立调度会，请列入要研究的纠纷。"))
            return redirect("coordination:meeting", meeting.pk)
    return _form_page(request, "coordination/new.html", {"form": form})


@require_safe
@login_required
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The agenda with what was decided about each case."""
    by = acting(request, Permission.COORDINATE)
    return _meeting_page(request, meeting_id, by, AddCasesForm())


@require_http_methods(ASKS)
@login_required
def cases(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """GET: open cases to tick, the late ones if asked. POST: numbers typed or ticked go on the agenda."""
    by, now = acting(request, Permission.COORDINATE), clock.now()
    form = AddCasesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            numbers = [*form.cleaned_data["numbers"], *request.POST.getlist("number")]
            added = meetings.add_cases(meeting_id=meeting_id, numbers=numbers, by=by, now=now)
            messages.success(request, _("已列入 %d 件。") % added)
            return redirect("coordination:meeting", meeting_id)
    return _pick_page(request, meeting_id, by, form)


@require_POST
@login_required
def remove_case(request: HttpRequest, meeting_id: int, number: str) -> HttpResponse:
    by = acting(request, Permission.COORDINATE)
    meetings.remove_case(meeting_id=meeting_id, number=number, by=by)
    messages.success(request, _("%s 已移出议程。") % number)
    return redirect("coordination:meeting", meeting_id)


@require_http_methods(ASKS)
@login_required
def decide(request: HttpRequest, meeting_id: int, number: str) -> HttpResponse:
    """What the meeting decides for one case."""
    by, now = acting(request, Permission.COORDINATE), clock.now()
    found, dispute = pages.meeting_of(meeting_id, by), meetings.visible(number, by)
    if request.method != "POST" and found.closed_at is not None:
        raise WrongState(_("会议已经结束，会议纪要不能再改。如需继续研究，请另开一次调度会。"))
    form = DecisionForm(
        request.POST or None,
        dispute=dispute,
        by=by,
        today=clock.shanghai_date(now),
        initial={"person": dispute.responsible_person_id},
    )
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            row = meetings.decide(meeting_id=meeting_id, number=number, by=by, now=now, **form.cleaned_data)
            messages.success(request, _("已记录，将通知 %s。") % row.person.user.name)
            return redirect(f"{reverse('coordination:meeting', args=[meeting_id])}#case-{dispute.pk}")
    context = {"form": form, "meeting": found, "dispute": dispute}
    return _form_page(request, "coordination/decide.html", context)


@require_http_methods(ASKS)
@login_required
def done(request: HttpRequest, decision_id: int) -> HttpResponse:
    """完成情况 of one decision."""
    by, now = acting(request, Permission.COORDINATE), clock.now()
    decision = meetings.decision_in_sight(decision_id, by)
    form = DoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            meetings.mark_done(decision_id=decision_id, note=form.cleaned_data["note"], by=by, now=now)
            messages.success(request, _("已标明完成。"))
            return redirect("coordination:meeting", decision.meeting_id)
    return _form_page(request, "coordination/done.html", {"form": form, "decision": decision})


@require_http_methods(ASKS)
@login_required
def report(request: HttpRequest, decision_id: int) -> HttpResponse:
    """反馈 of the person whose task a decision is."""
    by, now = acting(request), clock.now()
    decision = meetings.own_decision(decision_id, by)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            meetings.report_back(decision_id=decision_id, by=by, now=now, **form.cleaned_data)
            messages.success(request, _("已反馈。"))
            return redirect("disputes:detail", decision.dispute.number)
    context = {"form": form, "decision": decision}
    return _form_page(request, "coordination/report.html", context)


@require_POST
@login_required
def close(request: HttpRequest, meeting_id: int) -> HttpResponse:
    by = acting(request, Permission.COORDINATE)
    meetings.close_meeting(meeting_id=meeting_id, by=by, now=clock.now())
    messages.success(request, _("会议已结束，可以打印会议纪要。"))
    return redirect("coordination:meeting", meeting_id)


@writes_when_read("a paper that is shown gets its number, and is recorded")
@require_safe
@login_required
def minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """会议纪要 to print: the cases the reader may see."""
    by = acting(request, Permission.COORDINATE)
    page = in_house_language(pages.meeting_page)(meeting_id, by, clock.now())
    context = {
        "page": page,
        "meeting": page.meeting,
        "number": printing.number_of(page.meeting, by=by, now=clock.now()),
    }
    return render(request, "coordination/minutes.html", context)


def tabs(active: str) -> list[dict[str, Any]]:
    rows = (("meetings", _("调度会")), ("reviews", _("每周研判")))
    return [
        {"url": reverse(f"coordination:{name}"), "label": label, "active": name == active}
        for name, label in rows
    ]


def _page(request: HttpRequest) -> str:
    return request.GET.get("page", "1")


def _form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """422 where something has to be put right, as the pages of steps do."""
    return render(request, template, context, status=422 if context["form"].errors else 200)


def _meeting_page(request: HttpRequest, meeting_id: int, by: Actor, form: AddCasesForm) -> HttpResponse:
    page = pages.meeting_page(meeting_id, by, clock.now())
    context = {"page": page, "meeting": page.meeting, "form": form}
    return render(request, "coordination/meeting.html", context)


def _pick_page(request: HttpRequest, meeting_id: int, by: Actor, form: AddCasesForm) -> HttpResponse:
    now, found = clock.now(), pages.meeting_of(meeting_id, by)
    if found.closed_at is not None and request.method != "POST":
        raise WrongState(_("会议已经结束，会议纪要不能再改。如需继续研究，请另开一次调度会。"))
    narrowed = PickForm(request.GET)
    asked = narrowed.cleaned_data if narrowed.is_valid() else {}
    words, late = str(asked.get("q", "")), bool(asked.get("late"))
    rows = pages.pick_list(found, by, now, words=words, late=late)
    context = {
        "meeting": found,
        "form": form,
        "narrowed": narrowed,
        "rows": rows[: pages.PICK_ROWS],
        "levels": shown_levels(rows, by),
        "more": len(rows) > pages.PICK_ROWS,
        "ticked": request.POST.getlist("number"),
        "now": now,
    }
    return _form_page(request, "coordination/cases.html", context)
