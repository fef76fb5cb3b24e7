"""Domain errors become pages; a database that is away becomes an honest 503; text is sent compressed."""

import sys
from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.views import defaults
from psycopg.errors import LockNotAvailable, QueryCanceled

from core.errors import DomainError
from core.remembered import steady

log = structlog.get_logger(__name__)
Next = Callable[[HttpRequest], HttpResponse]
WAITED_IN_VAIN = (
    LockNotAvailable,
    QueryCanceled,
)  # the database is there, but something holds what is asked for


class SteadyReadsMiddleware:
    """A page that is only read looks once at the reference rows' marks: it shows them as they were at that look."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with steady():
            return self.get_response(request)


class UnavailableMiddleware:
    """Whatever the database's absence breaks in a page ends here, with 503 and Retry-After; see `server_error`."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError):
            return unavailable(request, exception)
        return None


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """The 503 answer; it touches neither database nor broker, not even for the session."""
    busy = isinstance(error.__cause__, WAITED_IN_VAIN)
    log.error(
        "database_busy" if busy else "database_unavailable", path=request.path, error=str(error).strip()
    )
    if request.path.startswith("/api/"):
        body = {
            "type": "about:blank",
            "title": _("系统正忙") if busy else _("系统暂时不可用"),
            "status": 503,
            "detail": _("请稍后重试。"),
        }
        response: HttpResponse = JsonResponse(body, status=503, content_type="application/problem+json")
    else:
        response = HttpResponse(get_template("errors/503.html").render({"busy": busy}), status=503)
    response["Retry-After"] = "5"
    response["Refresh"] = "8"  # the page comes back by itself when the database does
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`. An error inside a middleware reaches no other one: here the database's is told apart."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return unavailable(request, error)
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    body = {
        "type": "about:blank",
        "title": _("系统出错了，值守人员会查明原因。"),
        "status": 500,
        "code": "error",
    }
    return JsonResponse(body, status=500, content_type="application/problem+json")


class SmallerTextMiddleware(GZipMiddleware):
    """Pages and API answers are sent compressed (with Django's random padding against BREACH); pictures and office
    files already are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.get("Content-Type", "").partition(";")[0]
        if kind.startswith("text/") or kind.endswith("json"):
            return super().process_response(request, response)
        return response


class PrivateMiddleware:
    """What somebody signed in is shown, and every answer of the API, is kept by no browser and no proxy. Pages that
    say themselves how they may be kept (the bell, with its ETag) have no personal data in them."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and (
            request.path.startswith("/api/") or request.user.is_authenticated
        ):
            response["Cache-Control"] = "private, no-store"
        return response


class DomainErrorMiddleware:
    """A domain error no view has handled becomes its page, with its status."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        template = f"errors/{exception.status}.html"
        return render(request, template, {"message": exception.message}, status=exception.status)
