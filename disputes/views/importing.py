"""Bringing in a ledger kept elsewhere: upload, watch the progress, read what became of each line."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from core import clock
from core.errors import InvalidInput
from core.forms import Form
from core.numbers import whole
from disputes.models import ImportRow
from disputes.rules.files import XLSX
from disputes.rules.import_sheet import COLUMNS, LINES_LIMIT
from disputes.selectors import importing as selectors
from disputes.services import importing
from disputes.tasks import enqueue, run_import
from disputes.views.acting import acting

BIGGEST_LINE = 2**31 - 1  # of an integer column; a sheet has fewer


class ImportForm(Form):
    file = forms.FileField(
        label=gettext_lazy("表格文件"),
        help_text=gettext_lazy("xlsx，不超过 10 MB。第一行是列名，一行一件纠纷。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def imports(request: HttpRequest) -> HttpResponse:
    """The upload, and what this unit brought in before."""
    by = acting(request, Permission.BULK)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = importing.take_in(upload=form.cleaned_data["file"], by=by, now=clock.now())
        except InvalidInput as error:
            form.add_error("file", [str(m) for found in error.errors.values() for m in found])
        else:
            transaction.on_commit(lambda: enqueue(run_import, row.pk))
            return redirect("disputes:import_report", row.pk)
    context = {"form": form, "imports": selectors.imports_of(by), "columns": COLUMNS, "limit": LINES_LIMIT}
    return render(request, "disputes/imports.html", context, status=400 if form.errors else 200)


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
    state = request.GET.get("state", "")
    state = state if state in ImportRow.State.values else ""
    after = whole(request.GET.get("after", ""), BIGGEST_LINE) or 0
    found = selectors.report_of(row, state=state, after=after)
    tabs = [("", _("全部"), sum(found.counts.values()))]
    tabs += [(value, str(label), found.counts.get(value, 0)) for value, label in ImportRow.State.choices]
    context = {
        "import": row,
        "report": found,
        "state": state,
        "tabs": [
            {"url": f"?state={value}", "label": label, "count": count, "active": value == state}
            for value, label, count in tabs
        ],
    }
    return render(request, "disputes/import_report.html", context)


@require_safe
@never_cache
@login_required
def progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """The bar alone, asked for again until it is finished; then the page is loaded anew."""
    row = importing.own(import_id, acting(request, Permission.BULK))
    answer = render(request, "disputes/import_report.html#progress", {"import": row})
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
    importing.stop(import_id=import_id, by=acting(request, Permission.BULK))
    messages.success(request, _("已停止导入。已经登记的纠纷保留在台账里。"))
    return redirect("disputes:import_report", import_id)


def _sheet(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=XLSX)
    answer.headers["Content-Disposition"] = _disposition(name)
    return answer


def _disposition(name: str) -> str:
    value = content_disposition_header(as_attachment=True, filename=name)
    return value or "attachment"
