"""The command palette: a page of its own, and the list that its dialog asks for while somebody types."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.palette import Asked, groups_for


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def palette(request: HttpRequest) -> HttpResponse:
    """The same list without a script. What is typed is posted, so that no address carries it."""
    return render(request, "dashboards/palette.html", _context(request))


@require_POST
@never_cache
@login_required
def options(request: HttpRequest) -> HttpResponse:
    """The list as options for the dialog."""
    return render(request, "dashboards/palette_options.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    sent = request.POST if request.method == "POST" else request.GET
    asked = Asked.read(request.POST.get("typed", ""), sent.get("on", "")[:200])
    return {"asked": asked, "groups": groups_for(request, asked)}
