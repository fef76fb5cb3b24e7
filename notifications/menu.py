"""The rail's entry for whoever keeps the channels, with the failures that wait for them."""

from django.http import HttpRequest

from accounts.permissions import Permission
from accounts.rights import may
from core import navigation
from core.addresses import reverse
from core.http import actor_of
from core.navigation import NavItem
from core.translated import gettext as _
from notifications import selectors


def connect() -> None:
    navigation.register(entries)


def entries(request: HttpRequest) -> list[NavItem]:
    if not may(actor_of(request), Permission.MANAGE_NOTIFICATIONS):
        return []
    waiting = selectors.troubled_count()
    return [
        NavItem(reverse("notifications:failures"), _("消息发送"), "send", count=waiting or None, order=70)
    ]
