"""The rail's entry for the verification of the ledger."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import may
from core.http import actor_of
from core.navigation import NavItem


def entries(request: HttpRequest) -> list[NavItem]:
    if not may(actor_of(request), Permission.VERIFY_LEDGER):
        return []
    return [NavItem(reverse("safekeeping:check"), _("台账核验"), "shield-check", order=80)]
