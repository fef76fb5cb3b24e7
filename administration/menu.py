"""The rail entries of those who keep people and structure, and of the auditor."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import may
from core import navigation
from core.http import actor_of
from core.navigation import NavItem


def connect() -> None:
    navigation.register(entries)


def entries(request: HttpRequest) -> list[NavItem]:
    by = actor_of(request)
    found = []
    if may(by, Permission.VIEW_PEOPLE):
        found.append(NavItem(reverse("manage:users"), _("人员与任职"), "people", order=20))
        found.append(NavItem(reverse("manage:organizations"), _("单位与岗位"), "diagram-3", order=21))
    if may(by, Permission.MANAGE_STRUCTURE):
        found.append(NavItem(reverse("manage:places"), _("区划与行业"), "geo-alt", order=22))
    if may(by, Permission.VIEW_AUDIT):
        found.append(NavItem(reverse("audit:access_log"), _("访问记录"), "eye", order=25))
    return found
