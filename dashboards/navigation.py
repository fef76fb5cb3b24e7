"""The rail's entries for the home page and the dashboard."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.permissions import Permission as P
from accounts.rights import may
from core.addresses import reverse
from core.http import actor_of
from core.navigation import NavItem, count_of, register, register_counts
from core.translated import gettext as _
from dashboards.selectors.home import waits_for_post

WAITING = "waiting"  # what is counted; the first page knows it already


@register
def entries(request: HttpRequest) -> list[NavItem]:
    by = actor_of(request)
    found = [NavItem(reverse("home"), _("首页"), "house", count=count_of(request, WAITING) or None, order=10)]
    if may(by, P.VIEW_DISPUTES):
        found.append(NavItem(reverse("calendar"), _("日程"), "calendar-week", order=75))
    if may(by, P.VIEW_DASHBOARD):
        found.append(NavItem(reverse("county_dashboard"), _("看板"), "bar-chart", order=60))
    return found


@register_counts
def counted(request: HttpRequest) -> dict[str, QuerySet[Any, Any]]:
    by = actor_of(request)
    if by is None or by.organization is None or not may(by, P.VIEW_DISPUTES):
        return {}
    return {WAITING: waits_for_post(by).order_by().values("pk")}
