"""May this actor do that? One answer for pages, services and the API."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from accounts.roles import permissions_of
from core.actor import Actor
from core.errors import NotPermitted


def may(by: Actor | None, permission: Permission) -> bool:
    """Whether the post acted in holds the permission. The system may do everything it is written to do."""
    if by is None:
        return False
    if by.is_system:
        return True
    return by.acting is not None and permission in permissions_of(by.acting.post.role)


def require(by: Actor | None, permission: Permission) -> None:
    """Raises NotPermitted, which becomes 403."""
    if not may(by, permission):
        raise NotPermitted(_("您当前的岗位没有这项权限。如确需办理，请联系管理员或切换岗位。"))
