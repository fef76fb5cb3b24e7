"""The calendar's entry in the rail, for those who keep it."""

from django.http import HttpRequest

from accounts.permissions import Permission
from accounts.rights import may
from core import navigation
from core.addresses import reverse
from core.http import actor_of
from core.navigation import NavItem
from core.translated import gettext as _


def connect() -> None:
    navigation.register(entries)


def entries(request: HttpRequest) -> list[NavItem]:
    if not may(actor_of(request), Permission.MANAGE_CALENDAR):
        return []
    return [NavItem(reverse("calendars:this_year"), _("日历与期限"), "calendar3", order=60)]
