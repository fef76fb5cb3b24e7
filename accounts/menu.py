"""The rail entry of those who enter stand-ins, and the posts a person may act in."""

from django.http import HttpRequest

from accounts.actors import Capacities
from accounts.permissions import Permission
from accounts.rights import may
from core import navigation
from core.addresses import reverse
from core.http import actor_of
from core.navigation import ActingPost, NavItem
from core.translated import gettext as _


def connect() -> None:
    navigation.register(entries)
    navigation.register_posts(posts)


def entries(request: HttpRequest) -> list[NavItem]:
    """For whoever keeps people, stand-ins are a tab of the page of people."""
    by = actor_of(request)
    if may(by, Permission.DELEGATE) and not may(by, Permission.VIEW_PEOPLE):
        return [NavItem(reverse("accounts:delegations"), _("外出代理"), "arrow-left-right", order=80)]
    return []


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
