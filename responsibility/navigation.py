"""Rail entries: letters for who dispatches, §5 coverage for who answers for it."""

from django.http import HttpRequest

from accounts.permissions import Permission as P
from accounts.rights import may
from core.addresses import reverse
from core.http import actor_of
from core.navigation import NavItem
from core.translated import gettext as _
from responsibility import rights


def entries(request: HttpRequest) -> list[NavItem]:
    by = actor_of(request)
    found = []
    if rights.may_see_coverage(by):
        order = 23 if may(by, P.MANAGE_STRUCTURE) else 70
        found.append(NavItem(reverse("responsibility:coverage"), _("责任覆盖"), "grid-3x3", order=order))
    if may(by, P.DISPATCH):
        found.append(NavItem(reverse("responsibility:letters"), _("函件"), "envelope-paper", order=90))
    return found
