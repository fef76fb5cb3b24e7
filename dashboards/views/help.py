"""Help: the person's own roles, any other role, and the guide for the first day."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.actor import Actor
from core.clock import now
from core.errors import InvalidInput
from core.http import Request
from core.reading import writes_when_read
from dashboards.selectors import first_day as lines
from dashboards.selectors import help as selectors
from dashboards.services import first_day as services
from dashboards.wording_roles import HELP
from jurisdictions.choices import PostRole

OVER = "first_day_over"  # session: the home need not ask


@require_safe
@login_required
def own(request: Request) -> HttpResponse:
    """Every role the person acts in."""
    return _page(request, _own(request))


@require_safe
@login_required
def of_role(request: Request, role: str) -> HttpResponse:
    """Another role's duties: whom one works with. Its pages are links only where one holds it."""
    if role not in HELP:
        raise Http404
    return _page(request, [role], role)


def _own(request: Request) -> list[str]:
    return selectors.roles_of(request.capacities.all)  # type: ignore[attr-defined]  # set by ActorMiddleware


def _page(request: Request, roles: list[str], chosen: str = "") -> HttpResponse:
    by: Actor | None = request.actor
    moment, held = now(), _own(request)
    context: dict[str, Any] = {
        "helps": selectors.helps_for(roles, held, moment),
        "roles": [(role, PostRole(role).label) for role in HELP],
        "chosen": chosen,
        "about_work": selectors.asked_about_the_work(by, moment),
        "about_accounts": selectors.asked_about_accounts(moment),
        "has_first_day": by is not None,
    }
    return render(request, "dashboards/help.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def first_day(request: Request) -> HttpResponse:
    """The guide; POST ticks what only the person knows, or puts the guide away."""
    by: Actor | None = request.actor
    if by is None:
        return redirect("home")
    if request.method == "POST":
        return _answered(request, by)
    guide = lines.guide_of(by)
    found = lines.lines_of(by, guide)
    left = sum(not line.done for line in found)
    context = {"lines": found, "left": left, "done": len(found) - left, "is_over": guide.is_over}
    return render(request, "dashboards/first_day.html", context)


@writes_when_read("a first day that is over by itself is noted, so that it is asked no more")
@require_safe
@login_required
def first_day_left(request: Request) -> HttpResponse:
    """How much is left, for the home, which asks beside its own questions; once it is over, no more in this session."""
    by: Actor | None = request.actor
    guide = lines.guide_of(by) if by is not None else None
    left = 0
    if by is not None and guide is not None and not guide.is_over:
        left = sum(not line.done for line in lines.lines_of(by, guide))
        if not left:
            services.note_finished(by=by, now=now())
    if not left:
        request.session[OVER] = True
    return render(request, "dashboards/first_day_left.html", {"left": left})


def _answered(request: Request, by: Actor) -> HttpResponse:
    if "away" in request.POST:
        away = request.POST["away"] == "1"
        services.put_away(away=away, by=by, now=now())
        request.session[OVER] = away
        return redirect("home" if away else "first_day")
    try:
        services.tick(name=request.POST.get("name", ""), done=request.POST.get("done") == "1", by=by)
    except InvalidInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已保存。"))
    return redirect("first_day")
