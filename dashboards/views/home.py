"""The home page, by role."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.permissions import Permission as P
from accounts.policies import may
from core.clock import now
from dashboards.selectors.administration import notices
from dashboards.selectors.home import home_page
from dashboards.selectors.warnings import warnings_for


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this post; for those without disputes, the state of what they keep."""
    by = request.actor  # type: ignore[attr-defined]  # set by ActorMiddleware
    if by is None:
        return render(request, "dashboards/no_post.html")
    moment = now()
    context = {
        "page": home_page(by, moment) if may(by, P.VIEW_DISPUTES) else None,
        "warnings": warnings_for(by) if may(by, P.VIEW_DISPUTES) else None,
        "notices": notices(by, moment) if not may(by, P.VIEW_DISPUTES) else [],
        "may_register": may(by, P.REGISTER),
    }
    return render(request, "dashboards/home.html", context)
