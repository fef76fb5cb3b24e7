"""Errors of the API as problem details (RFC 9457) with messages by field."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.errors import DomainError, InvalidInput, NotFound, NotPermitted

CONTENT_TYPE = "application/problem+json"


class Unreadable(SuspiciousOperation):
    """Its text is shown: what about the request could not be read."""


class TooLarge(RequestDataTooBig):
    """Its text is shown: how much may be sent at once."""


def problem_details(exception: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's EXCEPTION_HANDLER; None lets a real fault be a 500."""
    exception = _translate(exception)
    if isinstance(exception, DomainError):
        wrong = _plain(exception.errors) if isinstance(exception, InvalidInput) else {}
        title = _("提交的内容有误") if wrong else str(exception)
        return _problem(exception.status, title, exception.code, wrong)
    response = exception_handler(exception, context)
    if response is None:
        return None
    errors = field_errors(response.data) if isinstance(exception, exceptions.ValidationError) else {}
    detail = _("提交的内容有误") if errors else str(getattr(exception, "detail", exception))
    code = getattr(exception, "default_code", "error")
    answer = _problem(response.status_code, detail, code, errors)
    for header in ("WWW-Authenticate", "Retry-After", "Allow"):
        if header in response.headers:
            answer[header] = response.headers[header]
    return answer


def refusal(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's `handler400`, and the door's answer: 400, or 413 for what is too large, with a sentence.

    Only sentences of our own are shown, not the framework's. Needs neither session nor database.
    """
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    words = str(exception) if isinstance(exception, Unreadable | TooLarge) else ""
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        words = _("一次提交的内容太多，请分几次提交。")
    if not request.path.startswith("/api/"):
        page = get_template("errors/413.html" if status == 413 else "errors/400.html")
        return HttpResponse(page.render({"message": words, "back": _page_before(request)}), status=status)
    title = words or _("这个请求看不懂")
    body = {"type": "about:blank", "title": title, "status": status, "code": "invalid"}
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def _page_before(request: HttpRequest) -> str:
    """Path and query of the page of ours that sent this request; empty where none is known."""
    try:
        came_from = urlsplit(request.META.get("HTTP_REFERER", ""))
    except ValueError:
        return ""
    ours = came_from.netloc == request.META.get("HTTP_HOST", "")
    if not ours or not came_from.path.startswith("/") or came_from.path.startswith("//"):
        return ""
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's `handler404`: under the API's address an unknown path is answered as everything else there."""
    if not request.path.startswith("/api/"):
        return defaults.page_not_found(request, exception)
    body = {"type": "about:blank", "title": _("没有这个地址。"), "status": 404, "code": "not_found"}
    return JsonResponse(body, status=404, content_type=CONTENT_TYPE)


def _translate(exception: Exception) -> Exception:
    if isinstance(exception, Http404):
        return NotFound(_("没有找到，或您无权查看。"))
    if isinstance(exception, PermissionDenied):
        return NotPermitted(_("您的岗位不能这样做。"))
    if isinstance(exception, OperationalError | InterfaceError):
        return _Away()
    return exception


class _Away(DomainError):
    status = 503
    code = "unavailable"

    def __init__(self) -> None:
        super().__init__(_("系统暂时不可用，请稍后重试。"))


def _problem(status: int, title: str, code: str, errors: dict[str, Any]) -> Response:
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "code": code}
    if errors:
        body["errors"] = errors
    return Response(body, status=status, content_type=CONTENT_TYPE)


def _plain(errors: dict[str, list[object]]) -> dict[str, list[str]]:
    return {field: [str(message) for message in messages] for field, messages in errors.items()}


def field_errors(data: Any, prefix: str = "") -> dict[str, list[str]]:
    """Nested serializer errors as one flat mapping: `parties.0.name` → messages."""
    if isinstance(data, dict):
        return {
            k: v for key, value in data.items() for k, v in field_errors(value, f"{prefix}{key}.").items()
        }
    if isinstance(data, list) and data and isinstance(data[0], dict):
        return {k: v for i, value in enumerate(data) for k, v in field_errors(value, f"{prefix}{i}.").items()}
    messages = data if isinstance(data, list) else [data]
    return {prefix.rstrip(".") or "__all__": [str(message) for message in messages]}
