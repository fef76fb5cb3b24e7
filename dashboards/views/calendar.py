"""日程: the month of what is due, the address for calendars outside, and what these read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from rest_framework.settings import api_settings

from accounts import actors
from accounts.models import User
from accounts.permissions import Permission as P
from accounts.rights import may
from accounts.services import calendar_feeds
from audit.choices import Action
from audit.services import record
from calendars.rules.terms import FIRST_YEAR, LAST_YEAR
from core.actor import Actor
from core.clock import now, shanghai_date
from core.language import in_house_language
from core.reading import writes_when_read
from dashboards.calendar_file import MEDIA_TYPE, calendar_of
from dashboards.rules.months import Month
from dashboards.selectors.agenda import Agenda, agenda
from dashboards.selectors.month import month_page
from disputes.views.acting import acting

BACK, AHEAD = timedelta(days=31), timedelta(days=92)  # what a calendar outside reads
ALL = "calendar_subscription"


@require_safe
@login_required
def this_month(_request: HttpRequest) -> HttpResponse:
    today = shanghai_date(now())
    return redirect("calendar_month", today.year, today.month)


@require_safe
@login_required
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """In the post acted in."""
    by, moment = acting(request), now()
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise Http404
    page = month_page([by], Month(year, month), moment)
    beside = [("before", page.month.before), ("next", page.month.next)]
    links = {
        name: reverse("calendar_month", args=[one.year, one.month])
        for name, one in beside
        if FIRST_YEAR <= one.year <= LAST_YEAR
    }
    return render(request, "dashboards/month.html", {"page": page, "links": links})


@require_safe
@login_required
def subscription(request: HttpRequest) -> HttpResponse:
    """Whether there is an address, since when, when it was last read; the address itself is shown once."""
    by = acting(request)
    return render(request, "dashboards/subscription.html", {"feed": calendar_feeds.live(by.user_id)})


@require_POST
@login_required
@never_cache
def renew(request: HttpRequest) -> HttpResponse:
    """A new address on a page that nobody keeps; the one before ends."""
    by = acting(request)
    secret = calendar_feeds.issue(by=by, now=now())
    address = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
    return render(request, "dashboards/subscription_new.html", {"address": address})


@require_POST
@login_required
def withdraw(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    calendar_feeds.withdraw(user_id=by.user_id, by=by, now=now())
    messages.success(request, _("已停用，用这个地址的日历不再更新。"))
    return redirect(ALL)


@writes_when_read("each reading of the address is a line of the access log")
@require_safe
@never_cache
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What is due to whom the address belongs, in all their posts. Each reading is a line of the access log."""
    if _too_often(request):
        return HttpResponse(status=429, content_type="text/plain")
    moment = now()
    user = calendar_feeds.opened(secret, moment)
    posts = _posts(user, moment) if user is not None else []
    if not posts:
        raise Http404
    return HttpResponse(_file(request, posts, moment), content_type=MEDIA_TYPE)


def _too_often(request: Any) -> bool:
    """The same limits as at the API's door; nobody is logged in here, so by address."""
    kinds: Any = api_settings.DEFAULT_THROTTLE_CLASSES
    return not all(kind().allow_request(request, None) for kind in kinds)


def _posts(user: User, moment: Any) -> list[Actor]:
    capacities = actors.capacities_of(user, moment)
    found = [actors.acting_in(user, capacities, key) for key, _own, _absent in capacities.choices()]
    return [by for by in found if by is not None and may(by, P.VIEW_DISPUTES)]


@in_house_language
def _file(request: HttpRequest, posts: list[Actor], moment: Any) -> bytes:
    today = shanghai_date(moment)
    read: Agenda = agenda(posts, today - BACK, today + AHEAD, moment)
    by = posts[0]
    record(
        action=Action.CALENDAR_READ,
        by=by,
        now=moment,
        target_type=calendar_feeds.TARGET,
        target_id=by.user_id,
        target_label=by.user.username,
        details={"rows": len(read.rows)},
    )
    site = f"{request.scheme}://{request.get_host()}"
    return calendar_of(read.rows, name=_("和解 · 到期日程"), site=site, now=moment)
