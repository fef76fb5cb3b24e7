"""Who acts on the policy's pages."""

from django.http import HttpRequest

from classifier.rights import require_manage
from core.actor import Actor
from core.http import actor_of


def manager(request: HttpRequest) -> Actor:
    """The actor, if they keep the policy. Raises NotPermitted."""
    return require_manage(actor_of(request))
