"""The strip that tells how far the demo county is loaded asks for itself until there is nothing to tell."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def loading(request: HttpRequest) -> HttpResponse:
    """The strip anew; nothing when the county is whole, so that it leaves the page."""
    return render(request, "demo/loading.html")
