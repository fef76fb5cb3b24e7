"""Papers of a dispute: a sheet to print, the same as docx, and a new query code."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.actor import Actor
from core.clock import now
from core.numbers import whole
from core.reading import writes_when_read
from disputes.services import drafts, papers
from disputes.services.papers import Asked, Handed
from disputes.views.acting import acting
from disputes.views.intake import REGISTERED_HERE
from disputes.wording_papers import TITLES


@writes_when_read("a paper that is shown gets its number, and is recorded")
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
    asked = _asked(request, kind)
    handed = papers.hand_out(number=number, asked=asked, query_code=code, form="html", by=by, now=now())
    context = {
        "paper": handed.paper,
        "dispute": handed.dispute,
        "here": urlencode(_address_of(handed, asked)),
        "others": _others(handed, asked),
        "may_renew": kind == "receipt" and not code,
    }
    return render(request, "disputes/papers/paper.html", context)


@writes_when_read("a paper that is shown gets its number, and is recorded")
@require_safe
@never_cache
@login_required
def docx(request: HttpRequest, number: str, kind: str) -> HttpResponseBase:
    by = acting(request)
    handed = papers.hand_out(
        number=number,
        asked=_asked(request, kind),
        query_code=_code_told_here(request, number, by),
        form="docx",
        by=by,
        now=now(),
    )
    name = f"{handed.paper.title}-{handed.dispute.number}.docx"
    return FileResponse(
        BytesIO(papers.as_docx(handed.paper)), as_attachment=True, filename=name, content_type=papers.DOCX
    )


def _asked(request: HttpRequest, kind: str) -> Asked:
    given = request.GET
    return Asked(
        kind,
        party=whole(given.get("party", "")),
        delivers=given.get("of", "")[:16],
        seq=whole(given.get("entry", "")),
    )


def _address_of(handed: Handed, asked: Asked) -> dict[str, Any]:
    """What has to be asked for to get this sheet again."""
    if handed.recipients:
        return {"party": handed.about} | ({"of": asked.delivers} if asked.delivers else {})
    return {"entry": handed.about}


def _others(handed: Handed, asked: Asked) -> list[dict[str, str]]:
    """The other sheets of the kind: for the other people, of the other paper, about the other entries."""
    of = {"of": asked.delivers} if asked.delivers else {}
    found: list[tuple[dict[str, Any], str]] = [
        ({"party": row.pk} | of, _("给%(name)s的一份") % {"name": row.name})
        for row in handed.recipients
        if row.pk != handed.about
    ]
    found += [
        ({"party": handed.about, "of": kind}, str(TITLES[kind]))
        for kind in handed.delivers[1:]
        if kind != asked.delivers
    ]
    found += [
        ({"entry": row.seq}, _("%s 的一份") % row.day) for row in handed.occasions if row.seq != handed.about
    ]
    return [{"query": urlencode(query), "label": label} for query, label in found]


def _code_told_here(request: HttpRequest, number: str, by: Actor) -> str:
    """The query code, as long as this session registered the dispute itself."""
    key = request.session.get(REGISTERED_HERE, {}).get(number)
    answer = drafts.registered(key=UUID(key), by=by) if key else None
    return answer.query_code if answer else ""
