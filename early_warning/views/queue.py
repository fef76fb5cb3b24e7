"""The leader's queue: what waits for them, and what they answered before."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.clock import now
from disputes.selectors.ledger import Cursor
from disputes.views.acting import acting
from early_warning.selectors.queue import Queue, my_past, my_queue

PAST = "past"


@require_safe
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    here, past = reverse("early_warning:queue"), request.GET.get("show") == PAST
    open_ones = None if past else my_queue(by)
    page = my_past(by, Cursor.read(request.GET.get("cursor", ""))) if past else None
    following = page.next if page else None
    context = {
        "queue": open_ones,
        "count": _count(open_ones) if open_ones else "",
        "past": page,
        "now": now(),
        "poll_url": here,
        "next_url": f"{here}?{urlencode({'show': PAST, 'cursor': str(following)})}" if following else "",
        "tabs": [
            {"url": here, "label": _("等我处理"), "active": not past},
            {"url": f"{here}?show={PAST}", "label": _("已办过"), "active": past},
        ],
    }
    return render(request, "early_warning/queue.html", context)


def _count(queue: Queue) -> str:
    return f"{len(queue.cards)}+" if queue.more else str(len(queue.cards))
