"""Who acts in a request that needs a post."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import require
from core.actor import Actor
from core.errors import NotPermitted
from core.http import actor_of


def who_acts(request: HttpRequest) -> Actor:
    """Raises NotPermitted for those without a post."""
    by = actor_of(request)
    if by is None:
        raise NotPermitted(_("您目前没有任职，不能办理。请联系管理员。"))
    return by


def acting(request: HttpRequest, permission: Permission) -> Actor:
    """The actor, holding the permission. Raises NotPermitted for those without a post, or without the right."""
    by = who_acts(request)
    require(by, permission)
    return by
