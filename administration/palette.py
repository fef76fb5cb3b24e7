"""Units, for whoever keeps people and structure: their page by a part of the name or its pinyin initials."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import may
from core.clock import now, shanghai_date
from core.http import actor_of
from core.palette import Asked, Command, register
from jurisdictions.models import Organization

MOST_UNITS = 6
ORDER = 40


@register
def units(request: HttpRequest, asked: Asked) -> Iterator[Command]:
    if not asked.typed or not may(actor_of(request), Permission.VIEW_PEOPLE):
        return
    known = Organization.objects.valid_on(shanghai_date(now())).matching(asked.typed).order_by("code")
    for code, name in known.values_list("code", "name")[:MOST_UNITS]:
        yield Command(
            name, reverse("manage:organization", args=[code]), "building", group=_("单位"), order=ORDER
        )
