"""The rail entries of those who keep people and structure, and the posts a person may act in."""

from django.http import HttpRequest

from accounts.actors import Capacities
from accounts.permissions import Permission
from accounts.policies import may
from core import navigation
from core.addresses import reverse
from core.http import actor_of
from core.navigation import ActingPost, NavItem
from core.translated import gettext as _


def connect() -> None:
    navigation.register(entries)
    navigation.register_posts(posts)


def entries(request: HttpRequest) -> list[NavItem]:
    by = actor_of(request)
    found = []
    if may(by, Permission.VIEW_PEOPLE):  # stand-ins are a tab there
        found.append(NavItem(reverse("manage:users"), _("人员与任职"), "people", order=20))
    elif may(by, Permission.DELEGATE):
        found.append(NavItem(reverse("accounts:delegations"), _("外出代理"), "arrow-left-right", order=80))
    if may(by, Permission.VIEW_PEOPLE):
        found.append(NavItem(reverse("manage:organizations"), _("单位与岗位"), "diagram-3", order=21))
    if may(by, Permission.MANAGE_STRUCTURE):
        found.append(NavItem(reverse("manage:places"), _("区划与行业"), "geo-alt", order=22))
    if may(by, Permission.VIEW_AUDIT):
        found.append(NavItem(reverse("audit:access_log"), _("访问记录"), "eye", order=25))
    return found


def posts(request: HttpRequest) -> list[ActingPost]:
    capacities: Capacities = getattr(request, "capacities", Capacities())
    by = actor_of(request)
    return [
        ActingPost(
            key=key,
            label=acting.post.title_words,
            organization=str(acting.post.organization),
            note=_("代理 %s") % absent.user.name if absent else "",
            active=by is not None and by.acting == acting and by.on_behalf_of == absent,
        )
        for key, own, absent in capacities.choices()
        if (acting := absent or own) is not None
    ]
