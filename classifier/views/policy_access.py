"""Who acts on the policy's pages."""

from django.http import HttpRequest

from classifier.permissions import require_manage
from core.actor import Actor


def manager(request: HttpRequest) -> Actor:
    """The actor, if they keep the policy. Raises NotPermitted."""
    return require_manage(getattr(request, "actor", None))
