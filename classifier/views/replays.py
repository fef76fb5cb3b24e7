"""A draft tried on the last 12 months: asked for, watched, and what would change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from classifier.models import ReplayRun
from classifier.selectors import policy_pages
from classifier.services import replay
from classifier.tasks import run_replay
from classifier.views.policy_access import manager
from core.clock import now
from core.errors import InvalidInput, NotFound
from core.http import Request
from core.numbers import whole
from disputes.tasks import enqueue


@require_POST
@login_required
def ask(request: Request, number: int) -> HttpResponse:
    by = manager(request)
    try:
        run = replay.ask(version=number, by=by, now=now())
    except InvalidInput as error:
        for message in error.errors["__all__"]:
            messages.error(request, str(message))
        return redirect("classifier:policy", number)
    transaction.on_commit(lambda: enqueue(run_replay, run.pk))
    return redirect("classifier:replay", number, run.pk)


@require_safe
@never_cache
@login_required
def result(request: Request, number: int, run_id: int) -> HttpResponse:
    """Progress while it runs, then what would change; htmx asks for the progress alone."""
    by = manager(request)
    run = _run(number, run_id)
    context: dict[str, Any] = {"policy": run.policy, "run": run, "stale": run.revision != run.policy.revision}
    if not run.is_going_on:
        page = policy_pages.replay_page(run, by, before=_before(request))
        at = reverse("classifier:replay", args=[number, run_id])
        context |= {"page": page, "next": f"{at}?before={page.next}" if page.next else ""}
    name = "classifier/replay.html"
    return render(request, f"{name}#result" if request.htmx else name, context)


def _run(number: int, run_id: int) -> ReplayRun:
    rows = ReplayRun.objects.select_related("policy", "against", "asked_by__user")
    run = rows.filter(pk=run_id, policy__version=number).first()
    if run is None:
        raise NotFound(_("没有这次回放。"))
    return run


def _before(request: Request) -> int | None:
    return whole(request.GET.get("before", ""))
