"""The rail's entries for disputes, by what the post may do."""

from django.http import HttpRequest

from accounts.permissions import Permission as P
from accounts.rights import may
from core.addresses import reverse
from core.http import actor_of
from core.navigation import NavItem, register
from core.translated import gettext as _


@register
def entries(request: HttpRequest) -> list[NavItem]:
    by = actor_of(request)
    found = []
    if may(by, P.REGISTER):
        found.append(NavItem(reverse("disputes:new"), _("登记"), "journal-plus", order=20))
    if may(by, P.VIEW_DISPUTES):
        found.append(NavItem(reverse("disputes:ledger"), _("台账"), "journal-text", order=30))
    if may(by, P.HANDLE):
        found.append(NavItem(reverse("disputes:canned"), _("常用语"), "chat-left-quote", order=85))
    if may(by, P.MANAGE_STRUCTURE):
        found.append(NavItem(reverse("disputes:catalogue"), _("交办目录"), "send", order=23))
    return found
