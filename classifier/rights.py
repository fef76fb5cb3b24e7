"""Who keeps the policy the classifier goes by: the county office, the county centre, the administrator."""

from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import may, require
from core.actor import Actor
from core.errors import NotPermitted
from jurisdictions.choices import PostRole


def may_manage(by: Actor | None) -> bool:
    if by is None or not may(by, Permission.MANAGE_WARNING_POLICY):
        return False
    if by.is_system or by.acting.post.role == PostRole.ADMINISTRATOR:
        return True
    return bool(by.organization.is_county_level)


def require_manage(by: Actor | None) -> Actor:
    """Raises NotPermitted: towns read texts with the county's policy, they do not write it."""
    require(by, Permission.MANAGE_WARNING_POLICY)
    if by is None or not may_manage(by):
        raise NotPermitted(_("预警规则由县里统一制定，乡镇不能修改。"))
    return by
