"""Who acts in a request that needs a post."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.policies import require
from core.actor import Actor
from disputes.errors import NotPermitted


def acting(request: HttpRequest, permission: Permission = Permission.VIEW_DISPUTES) -> Actor:
    """The actor, holding the permission. Raises NotPermitted for those without a post, or without the right."""
    by: Actor | None = getattr(request, "actor", None)
    if by is None:
        raise NotPermitted(_("您目前没有任职，不能查看纠纷。请联系管理员。"))
    require(by, permission)
    return by
