"""Bringing in a ledger kept elsewhere: upload, check and confirm, watch the progress, read what became of each line."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from core import clock
from core.actor import Actor
from core.clock import shanghai_date
from core.form_errors import show_errors
from disputes.rules.files import XLSX
from disputes.tasks import enqueue
from disputes.views.acting import acting
from imports import selectors
from imports.forms import CheckForm, ImportForm
from imports.models import ImportRow
from imports.rules.headings import COLUMNS
from imports.rules.sheets.told import LINES_LIMIT
from imports.selectors import open_in_import
from imports.services import importing
from imports.services.checking import Check
from imports.tasks import run_import
from imports.views import checks


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def imports(request: HttpRequest) -> HttpResponse:
    """The upload, and what this unit brought in before."""
    by = acting(request, Permission.BULK)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            row = importing.take_in(upload=form.cleaned_data["file"], by=by, now=clock.now())
            return redirect("imports:check", row.pk)
    context = {"form": form, "imports": selectors.imports_of(by), "columns": COLUMNS, "limit": LINES_LIMIT}
    return render(request, "imports/imports.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def check(request: HttpRequest, import_id: int) -> HttpResponse:
    """What was read and what would happen; the answers, and the one button that registers."""
    by, now = acting(request, Permission.BULK), clock.now()
    if not importing.own(import_id, by).is_checking:
        return redirect("imports:report", import_id)
    row, found = importing.checked(import_id=import_id, by=by, now=now)
    form = CheckForm(found, shanghai_date(now), request.POST or None)
    if request.method == "POST" and form.is_valid():
        importing.answer(import_id=row.pk, answers=form.given(), by=by)
        if "confirm" not in request.POST:
            return redirect("imports:check", row.pk)
        with show_errors(form), transaction.atomic():
            importing.confirm(import_id=row.pk, by=by, now=now)
            transaction.on_commit(lambda: enqueue(run_import, row.pk))
        if not form.errors:
            return redirect("imports:report", row.pk)
    context = _check_context(found, form, by) | {"import": row}
    return render(request, "imports/check.html", context, status=400 if form.errors else 200)


def _check_context(found: Check, form: CheckForm, by: Actor) -> dict[str, object]:
    twins = checks.twins(found, by)
    own = {twin.field for twin in twins}
    return {
        "form": form,
        "questions": [form[name] for name in form.fields if name not in own],
        "check": found,
        "notes": checks.notes(found),
        "sheets": checks.sheets(found),
        "causes": checks.causes(found),
        "twins": [(twin, form[twin.field]) for twin in twins if twin.field in form.fields],
    }


@require_safe
@login_required
def template(request: HttpRequest) -> HttpResponse:
    """An empty sheet with the headings."""
    by = acting(request, Permission.BULK)
    return _sheet(selectors.template_sheet(str(by.organization.place.name)), _("台账导入模板.xlsx"))


@require_safe
@never_cache
@login_required
def report(request: HttpRequest, import_id: int) -> HttpResponse:
    """How far it is, and what became of each line."""
    row = importing.own(import_id, acting(request, Permission.BULK))
    if row.is_checking:
        return redirect("imports:check", row.pk)
    state = request.GET.get("state", "")
    state = state if state in ImportRow.State.values else ""
    found = selectors.report_of(row, state=state, after=request.GET.get("after", ""))
    tabs = [("", _("全部"), sum(found.counts.values()))]
    tabs += [(value, str(label), found.counts.get(value, 0)) for value, label in ImportRow.State.choices]
    context = {
        "import": row,
        "report": found,
        "notes": checks.kept_notes(row),
        "few_asked": open_in_import(row),
        "state": state,
        "tabs": [
            {"url": f"?state={value}", "label": label, "count": count, "active": value == state}
            for value, label, count in tabs
        ],
    }
    return render(request, "imports/report.html", context)


@require_safe
@never_cache
@login_required
def progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """The bar alone, asked for again until it is finished; then the page is loaded anew."""
    row = importing.own(import_id, acting(request, Permission.BULK))
    answer = render(request, "imports/report.html#progress", {"import": row})
    if not row.is_going_on:
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
@login_required
def refused(request: HttpRequest, import_id: int) -> HttpResponse:
    """The refused lines with their reasons, to be mended and sent again."""
    row = importing.own(import_id, acting(request, Permission.BULK))
    return _sheet(selectors.refused_sheet(row), _("未登记的行-%d.xlsx") % row.pk)


@require_POST
@login_required
def stop(request: HttpRequest, import_id: int) -> HttpResponse:
    by = acting(request, Permission.BULK)
    was_checking = importing.own(import_id, by).is_checking
    importing.stop(import_id=import_id, by=by, now=clock.now())
    if was_checking:
        messages.success(request, _("已放弃这次导入，没有登记任何一件。"))
        return redirect("imports:imports")
    messages.success(request, _("已停止导入。已经登记的纠纷保留在台账里。"))
    return redirect("imports:report", import_id)


def _sheet(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer.headers["Content-Disposition"] = _disposition(name)
    return answer


def _disposition(name: str) -> str:
    value = content_disposition_header(as_attachment=True, filename=name)
    return value or "attachment"
