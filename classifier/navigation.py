"""The rail's entry for whoever keeps the policy."""

from django.http import HttpRequest

from classifier.rights import may_manage
from core.addresses import reverse
from core.http import actor_of
from core.navigation import NavItem
from core.translated import gettext as _


def entries(request: HttpRequest) -> list[NavItem]:
    """Rails that are full leave it to the board and the coverage page, which lead there too."""
    if not may_manage(actor_of(request)):
        return []
    return [NavItem(reverse("classifier:policies"), _("预警规则"), "sliders", order=95)]
