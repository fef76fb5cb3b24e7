"""What the browser tells when somebody prints the page of a dispute or the ledger (static/js/print.js)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from core.clock import now
from disputes.services import printing
from disputes.views.acting import acting

QUERY_LIMIT = 2000


@require_POST
@login_required
def dispute(request: HttpRequest, number: str) -> HttpResponse:
    printing.dispute_printed(number=number, by=acting(request), now=now())
    return HttpResponse(status=204)


@require_POST
@login_required
def ledger(request: HttpRequest) -> HttpResponse:
    query = request.POST.get("query", "")[:QUERY_LIMIT]
    printing.ledger_printed(query=query, by=acting(request), now=now())
    return HttpResponse(status=204)
