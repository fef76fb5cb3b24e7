"""The rail's entry for warnings: a leader's own, a duty post's calls, else the board."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission as P
from accounts.policies import may
from core.navigation import NavItem, register
from early_warning.selectors.imported_levels import open_count as imported_count
from early_warning.selectors.phone_tasks import open_count
from early_warning.selectors.queue import my_open_count
from jurisdictions.choices import PostRole


def entries(request: HttpRequest) -> list[NavItem]:
    """A stand-in of whatever post finds the rows that came over to them."""
    by = getattr(request, "actor", None)
    if not may(by, P.VIEW_DISPUTES):
        return []
    found = []
    waiting = my_open_count(by)
    if may(by, P.LEAD) or waiting:
        found.append(
            NavItem(
                reverse("early_warning:queue"), _("预警"), "exclamation-triangle", waiting or None, order=15
            )
        )
    elif may(by, P.VIEW_DASHBOARD):
        found.append(NavItem(reverse("early_warning:board"), _("预警"), "exclamation-triangle", order=35))
    if imported := imported_count(by):
        found.append(
            NavItem(reverse("early_warning:imported"), _("导入待核"), "patch-check", imported, order=36)
        )
    if by is not None and by.post is not None and by.post.role == PostRole.DUTY:
        calls = open_count(by)
        found.append(
            NavItem(reverse("early_warning:phone"), _("电话报告"), "telephone", calls or None, order=15)
        )
    return found


def connect() -> None:
    register(entries)
