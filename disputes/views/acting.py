"""Who acts in a request about disputes."""

from django.http import HttpRequest

from accounts import acting as accounts_acting
from accounts.permissions import Permission
from core.actor import Actor


def acting(request: HttpRequest, permission: Permission = Permission.VIEW_DISPUTES) -> Actor:
    """The actor, holding the permission. Raises NotPermitted for those without a post, or without the right."""
    return accounts_acting.acting(request, permission)
