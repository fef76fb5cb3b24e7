"""What a request carries besides what Django puts there, said once for the type checker."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from core.actor import Actor


class Request(HttpRequest):
    """A request as a view meets it, behind the middleware. Nothing is ever made of this class.

    Code that also meets requests no middleware has seen (pages of errors, context processors) asks `actor_of`.
    """

    actor: Actor | None  # who acts, in which post; None for the anonymous and those without a post
    htmx: HtmxDetails  # true where a part of the page is asked for


def actor_of(request: HttpRequest) -> Actor | None:
    """Who acts, also where no middleware has looked at the request."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor
