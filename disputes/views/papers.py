"""Papers for the parties: a sheet to print, the same as docx, and a new query code."""

from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.actor import Actor
from core.clock import now
from core.numbers import whole
from disputes.services import drafts, papers
from disputes.views.acting import acting
from disputes.views.intake import REGISTERED_HERE


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def sheet(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The sheet. POST makes a new query code first: who lost the receipt gets another one."""
    by = acting(request)
    if request.method == "POST":
        code = papers.renew_query_code(number=number, by=by, now=now())
    else:
        code = _code_told_here(request, number, by)
    paper, dispute, people = papers.hand_out(
        number=number, kind=kind, party_id=_party(request), query_code=code, form="html", by=by, now=now()
    )
    context = {
        "paper": paper,
        "dispute": dispute,
        "recipients": people,
        "recipient_id": _party(request) or (people[0].pk if people else None),
        "may_renew": kind == "receipt" and not code,
    }
    return render(request, "disputes/papers/paper.html", context)


@require_safe
@never_cache
@login_required
def docx(request: HttpRequest, number: str, kind: str) -> HttpResponseBase:
    by = acting(request)
    paper, dispute, _people = papers.hand_out(
        number=number,
        kind=kind,
        party_id=_party(request),
        query_code=_code_told_here(request, number, by),
        form="docx",
        by=by,
        now=now(),
    )
    name = f"{paper.title}-{dispute.number}.docx"
    return FileResponse(
        BytesIO(papers.as_docx(paper)), as_attachment=True, filename=name, content_type=papers.DOCX
    )


def _party(request: HttpRequest) -> int | None:
    return whole(request.GET.get("party", ""))


def _code_told_here(request: HttpRequest, number: str, by: Actor) -> str:
    """The query code, as long as this session registered the dispute itself."""
    key = request.session.get(REGISTERED_HERE, {}).get(number)
    answer = drafts.registered(key=UUID(key), by=by) if key else None
    return answer.query_code if answer else ""
