"""Bulk accept, assign and reminder: what was ticked, a page that says what will happen, a result for each row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from core import clock
from core.actor import Actor
from core.errors import DomainError
from core.form_errors import show_errors
from core.forms import Form
from core.numbers import whole
from disputes import rights
from disputes.disclosure import Disclosure, disclosures
from disputes.errors import closed
from disputes.forms.bulk import FORM_ID, BulkAcceptForm, BulkAssignForm, BulkRemindForm
from disputes.models import Dispute
from disputes.rules import lifecycle
from disputes.selectors.as_of import as_seen
from disputes.selectors.shown_levels import shown_levels
from disputes.services import bulk, step_runner
from disputes.views.acting import acting

ACTIONS: dict[str, tuple[object, type[Form]]] = {
    "accept": (_("批量受理"), BulkAcceptForm),
    "assign": (_("批量交办"), BulkAssignForm),
    "remind": (_("批量催办"), BulkRemindForm),
}


@dataclass(frozen=True)
class Ticked:
    """A ticked row and, when it cannot be done, why; `asked` is what is asked of this row alone."""

    dispute: Dispute
    refused: DomainError | None
    asked: Any = None


@require_POST
@login_required
def bulk_action(request: HttpRequest) -> HttpResponse:
    """First post: the confirmation page. With `confirm`: does it and shows what became of each row."""
    by, now = acting(request, Permission.BULK), clock.now()
    action = request.POST.get("action", "")
    ticked = _ticked(request.POST.getlist("number")[: bulk.MOST + 1], action, by, now)
    if action not in ACTIONS or not ticked:
        return redirect("disputes:ledger")
    confirmed = "confirm" in request.POST
    title, form_class = ACTIONS[action]
    possible = [row.dispute for row in ticked if row.refused is None]
    form: Any = form_class(
        request.POST if confirmed else None, by=by, today=clock.shanghai_date(now), able=possible
    )
    if confirmed and form.is_valid():
        with show_errors(form):
            results = _do(action, request, form, by, now)
            return render(request, "disputes/ledger_bulk_done.html", {"title": title, "results": results})
    rows = [_with_question(row, form) for row in ticked]
    able = [row for row in rows if row.refused is None]
    levels = shown_levels([row.dispute for row in ticked], by)
    context = {"title": title, "action": action, "form": form, "able": able, "rows": rows, "form_id": FORM_ID}
    context["levels"] = levels
    return render(request, "disputes/ledger_bulk.html", context)


def _ticked(numbers: list[str], action: str, by: Actor, now: datetime) -> list[Ticked]:
    """Each as the actor may see it: of what was given back no refusal tells the present state, of a stub nothing is
    done."""
    rows = list(Dispute.objects.listed_to(by).filter(number__in=numbers).for_list().order_by("number"))
    shown = disclosures(by, rows)
    return [Ticked(row, _refusal(row, action, by, now, shown[row.pk])) for row in as_seen(rows, shown)]


def _refusal(
    dispute: Dispute, action: str, by: Actor, now: datetime, shown: Disclosure
) -> DomainError | None:
    if not shown.content:
        return closed()
    if shown.trail_until is not None:
        return step_runner.gave_it_back()
    if action in lifecycle.STEPS:
        return rights.refusal(by, lifecycle.STEPS[action], dispute, now)
    return None if dispute.is_open else DomainError(_("该纠纷已经办结，无需催办。"))


def _with_question(row: Ticked, form: Any) -> Ticked:
    if row.refused is not None or not isinstance(form, BulkAcceptForm):
        return row
    return replace(row, asked=form.of_row(row.dispute))


def _do(action: str, request: HttpRequest, form: Any, by: Actor, now: datetime) -> list[bulk.RowResult]:
    numbers, asked = request.POST.getlist("number"), form.cleaned_data
    if action == "remind":
        return bulk.remind(numbers=numbers, note=asked["note"], by=by, now=now)
    versions = {number: whole(request.POST.get(f"version-{number}", "")) or 0 for number in numbers}
    if action == "accept":
        return bulk.accept(versions=versions, levels=form.levels, reason=asked["reason"], by=by, now=now)
    return bulk.assign(
        versions=versions,
        lead_unit=asked["lead_unit"],
        resolve_by=asked["resolve_by"],
        instruction=asked["instruction"],
        by=by,
        now=now,
    )
