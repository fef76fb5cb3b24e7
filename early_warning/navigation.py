"""The rail's entry for warnings: a leader's own, a duty post's calls, else the board."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.permissions import Permission as P
from accounts.rights import may
from core.actor import Actor
from core.addresses import reverse
from core.http import actor_of
from core.navigation import NavItem, count_of
from core.translated import gettext as _
from early_warning.selectors.imported_levels import counted_rows, is_coordinator
from early_warning.selectors.phone_tasks import open_calls
from early_warning.selectors.queue import my_open
from jurisdictions.choices import PostRole

WARNINGS, IMPORTED, CALLS = "warnings", "imported", "calls"  # what is counted


def entries(request: HttpRequest) -> list[NavItem]:
    """A stand-in of whatever post finds the rows that came over to them."""
    by = actor_of(request)
    if not may(by, P.VIEW_DISPUTES):
        return []
    found = []
    waiting = count_of(request, WARNINGS)
    if may(by, P.LEAD) or waiting:
        found.append(
            NavItem(
                reverse("early_warning:queue"), _("预警"), "exclamation-triangle", waiting or None, order=15
            )
        )
    elif may(by, P.VIEW_DASHBOARD):
        found.append(NavItem(reverse("early_warning:board"), _("预警"), "exclamation-triangle", order=35))
    if imported := count_of(request, IMPORTED):
        found.append(
            NavItem(reverse("early_warning:imported"), _("导入待核"), "patch-check", imported, order=36)
        )
    if _takes_calls(by):
        calls = count_of(request, CALLS)
        found.append(
            NavItem(reverse("early_warning:phone"), _("电话报告"), "telephone", calls or None, order=15)
        )
    return found


def counted(request: HttpRequest) -> dict[str, QuerySet[Any, Any]]:
    by = actor_of(request)
    if by is None or not may(by, P.VIEW_DISPUTES):
        return {}
    asked: dict[str, QuerySet[Any, Any]] = {WARNINGS: my_open(by)}
    if is_coordinator(by):
        asked[IMPORTED] = counted_rows(by)
    if _takes_calls(by):
        asked[CALLS] = open_calls(by)
    return asked


def _takes_calls(by: Actor | None) -> bool:
    return by is not None and by.post is not None and by.post.role == PostRole.DUTY
