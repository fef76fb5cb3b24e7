"""Exports of the ledger: ask, watch the progress, fetch one's own file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission
from core import clock
from core.errors import InvalidInput
from core.reading import writes_when_read
from disputes.models import ExportJob
from disputes.services import export
from disputes.tasks import enqueue, write_export
from disputes.views.acting import acting

SHOWN = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """Starts an export of the filters the button stood beside."""
    by, now = acting(request, Permission.EXPORT), clock.now()
    try:
        job = export.ask(query=request.POST.get("query", "")[:2000], by=by, now=now)
    except InvalidInput as error:
        messages.error(request, str(error))
        return redirect("disputes:ledger")
    transaction.on_commit(lambda: enqueue(write_export, job.pk))
    return redirect("disputes:exports")


@require_safe
@never_cache
@login_required
def exports(request: HttpRequest) -> HttpResponse:
    """My exports, newest first."""
    by = acting(request, Permission.EXPORT)
    jobs = ExportJob.objects.filter(user=by.user)[:SHOWN]
    return render(request, "disputes/ledger_exports.html", {"jobs": jobs, "kept_days": export.KEPT.days})


@require_safe
@never_cache
@login_required
def progress(request: HttpRequest, job_id: int) -> HttpResponse:
    """One line of that page, asked for again until it is finished."""
    job = export.job_of(job_id, acting(request, Permission.EXPORT))
    return render(request, "disputes/ledger_exports.html#job", {"job": job})


@writes_when_read("fetching an exported file is recorded")
@require_safe
@never_cache
@login_required
def download(request: HttpRequest, job_id: int) -> StreamingHttpResponse:
    """Deciphered while it is sent; it lies on no disk in clear."""
    path = export.fetch(job_id=job_id, by=acting(request, Permission.EXPORT), now=clock.now())
    headers = {"Content-Disposition": f'attachment; filename="{path.name}"'}
    return StreamingHttpResponse(export.content(path), content_type=XLSX, headers=headers)
