"""An installation without a county leads everybody to the one page that can do something about it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from accounts.middleware import ALWAYS, is_scripted
from first_start.selectors import county_is_missing

Next = Callable[[HttpRequest], HttpResponse]
DOOR = "first_start:door"
# what answers as ever: monitoring, files, languages, the API, and what somebody has to do with their account
ELSEWHERE = (*ALWAYS, "/first-start/", "/health", "/metrics", "/demo/loading/", "/gallery/")


class FirstStartMiddleware:
    """While there is no county: the first page and the login lead to the first start. The login stays open on the
    way back there, which is how a superuser gets in."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _may_be_led(request) and county_is_missing() and not _comes_back(request):
            return redirect(DOOR)
        return self.get_response(request)


def _may_be_led(request: HttpRequest) -> bool:
    is_page = request.method in ("GET", "HEAD") and not is_scripted(request)
    return is_page and not request.path.startswith(ELSEWHERE)


def _comes_back(request: HttpRequest) -> bool:
    """The login on the way to the first start; `core.door` has let only addresses through."""
    if request.path != resolve_url(settings.LOGIN_URL):
        return False
    return urlsplit(request.GET.get("next", "")).path.startswith(resolve_url(DOOR))
