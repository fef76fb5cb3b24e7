"""What every page says until the county can work."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.permissions import Permission
from accounts.rights import may
from core.http import actor_of
from first_start.presenters import LACKS
from first_start.rules.next_steps import Lack
from first_start.selectors import current_lack

# who can do something about it, and where
DOORS = (
    (Permission.MANAGE_PEOPLE, "manage:user_add"),
    (Permission.MANAGE_RIGHTS, "manage:vacant_posts"),
)


def next_step(request: HttpRequest) -> dict[str, Any]:
    return {"next_step": SimpleLazyObject(lambda: _next_step(request))}


def _next_step(request: HttpRequest) -> dict[str, Any]:
    """Empty when nothing is lacking."""
    lack = current_lack()
    if lack is None:
        return {}
    said: dict[str, Any] = {"words": LACKS[lack], "is_county": lack is Lack.COUNTY, "url": ""}
    if lack is Lack.COUNTY:
        return said | {"url": reverse("first_start:door")}
    by = actor_of(request)
    door = next(((permission, name) for permission, name in DOORS if may(by, permission)), None)
    if door is not None:
        said |= {"url": reverse(door[1]), "appoints": door[0] is Permission.MANAGE_RIGHTS}
    return said
