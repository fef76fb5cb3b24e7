"""The rail's entries for the home page and the dashboard."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission as P
from accounts.policies import may
from core.actor import Actor
from core.navigation import NavItem, register
from dashboards.selectors.home import waiting_count

WAITING = "waiting_counted"  # on the request: how much waits, where the page has counted it already


@register
def entries(request: HttpRequest) -> list[NavItem]:
    by: Actor | None = getattr(request, "actor", None)
    waiting = _waiting(request, by) if by is not None and may(by, P.VIEW_DISPUTES) else None
    found = [NavItem(reverse("home"), _("首页"), "house", count=waiting or None, order=10)]
    if may(by, P.VIEW_DISPUTES):
        found.append(NavItem(reverse("calendar"), _("日程"), "calendar-week", order=75))
    if may(by, P.VIEW_DASHBOARD):
        found.append(NavItem(reverse("county_dashboard"), _("看板"), "bar-chart", order=60))
    return found


def _waiting(request: HttpRequest, by: Actor) -> int:
    counted: int | None = getattr(request, WAITING, None)
    return waiting_count(by) if counted is None else counted
