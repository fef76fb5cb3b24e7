"""The page a request was sent from, and the way back to it when the request was not accepted."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page_before(request: HttpRequest) -> str:
    """The page the form or script stands on; its path only, never another site."""
    address = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/")
    path = address.path if address.path.startswith("/") and not address.path.startswith("//") else "/"
    return f"{path}?{address.query}" if address.query else path


def token_refused(request: HttpRequest, **_why: Any) -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW: somebody signed in anew in another tab. Back to the page, where the text still is."""
    return render(request, "errors/csrf.html", {"back": page_before(request)}, status=403)
