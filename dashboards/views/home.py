"""The home page, by role."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from accounts.permissions import Permission as P
from accounts.rights import may
from core import navigation
from core.clock import now
from core.http import Request
from dashboards.navigation import WAITING
from dashboards.selectors.administration import notices
from dashboards.selectors.drafts import newest_drafts
from dashboards.selectors.home import home_page, seen_now
from dashboards.selectors.warnings import warnings_for
from early_warning.navigation import WARNINGS


@login_required
def home(request: Request) -> HttpResponse:
    """What waits for this post; for those without disputes, the state of what they keep."""
    by = request.actor
    if by is None:
        return render(request, "dashboards/no_post.html")
    moment = now()
    context = {"may_register": may(by, P.REGISTER), "now": moment}
    if not may(by, P.VIEW_DISPUTES):
        return render(request, "dashboards/home.html", context | {"notices": notices(by, moment)})
    known = seen_now(by)
    page = home_page(by, moment, known)
    navigation.know(request, WAITING, page.waiting)
    navigation.count(request)
    context |= {
        "page": page,
        "warnings": warnings_for(by, moment, known, asked=navigation.count_of(request, WARNINGS)),
        "drafts": newest_drafts(by) if may(by, P.REGISTER) else None,
    }
    return render(request, "dashboards/home.html", context)
