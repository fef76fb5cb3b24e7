"""Domain errors become pages; a database that is away becomes an honest 503."""

from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from core.errors import DomainError

log = structlog.get_logger(__name__)
Next = Callable[[HttpRequest], HttpResponse]


class UnavailableMiddleware:
    """Outermost: whatever the database's absence breaks ends here, with 503 and Retry-After."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            return unavailable(request, error)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError):
            return unavailable(request, exception)
        return None


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """The 503 answer; it touches neither database nor broker, not even for the session."""
    log.error("database_unavailable", path=request.path, error=str(error).strip())
    if request.path.startswith("/api/"):
        body = {
            "type": "about:blank",
            "title": _("系统暂时不可用"),
            "status": 503,
            "detail": _("请稍后重试。"),
        }
        response: HttpResponse = JsonResponse(body, status=503, content_type="application/problem+json")
    else:
        response = HttpResponse(get_template("errors/503.html").render({}), status=503)
    response["Retry-After"] = "5"
    response["Refresh"] = "8"  # the page comes back by itself when the database does
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
