"""The rail's entry for meetings and weekly reviews."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import may
from core.http import actor_of
from core.navigation import NavItem


def entries(request: HttpRequest) -> list[NavItem]:
    if not may(actor_of(request), Permission.COORDINATE):
        return []
    return [NavItem(reverse("coordination:meetings"), _("调度"), "calendar-check", order=40)]
