"""The rail's entries for the home page and the dashboard."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission as P
from accounts.policies import may
from core.navigation import NavItem, register
from dashboards.selectors.home import waiting_count


@register
def entries(request: HttpRequest) -> list[NavItem]:
    by = getattr(request, "actor", None)
    waiting = waiting_count(by) if may(by, P.VIEW_DISPUTES) else None
    found = [NavItem(reverse("home"), _("首页"), "house", count=waiting or None, order=10)]
    if may(by, P.VIEW_DASHBOARD):
        found.append(NavItem(reverse("county_dashboard"), _("看板"), "bar-chart", order=60))
    return found
