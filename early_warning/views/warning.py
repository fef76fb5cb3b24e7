"""The warning page of a dispute, and its report sheet."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.clock import now
from core.reading import writes_when_read
from disputes.services import looks
from disputes.services.papers import DOCX
from disputes.views.acting import acting
from early_warning.selectors.escalation import seen_dispute
from early_warning.selectors.warning_page import warning_page
from early_warning.services import papers


@writes_when_read("opening what is restricted is recorded")
@require_safe
@login_required
def warning(request: HttpRequest, number: str) -> HttpResponse:
    by, moment = acting(request), now()
    dispute = seen_dispute(number, by)
    looks.note(dispute, by=by, now=moment)
    context = {"page": warning_page(dispute, by, moment), "dispute": dispute, "now": moment}
    return render(request, "early_warning/warning.html", context)


@writes_when_read("a paper that is shown gets its number, and is recorded")
@require_safe
@never_cache
@login_required
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """预警报告单 to print."""
    paper = papers.report_sheet(number=number, form="html", by=acting(request), now=now())
    return render(request, "early_warning/paper.html", {"paper": paper, "number": number})


@writes_when_read("a paper that is shown gets its number, and is recorded")
@require_safe
@never_cache
@login_required
def sheet_docx(request: HttpRequest, number: str) -> HttpResponseBase:
    paper = papers.report_sheet(number=number, form="docx", by=acting(request), now=now())
    return FileResponse(
        BytesIO(papers.as_docx(paper)),
        as_attachment=True,
        filename=f"{paper.title}-{number}.docx",
        content_type=DOCX,
    )
