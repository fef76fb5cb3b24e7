"""What the operator's monitoring asks: counters and health. For this machine itself, or with a token."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

Page = Callable[[HttpRequest], HttpResponse]
# A proxy on this machine comes from the loopback address too. Every usual one adds at least one of these.
BY_PROXY = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED",
            "HTTP_X_REAL_IP", "HTTP_VIA")  # fmt: skip
PATIENCE = 1.0  # seconds for the broker's answer


def for_operators(page: Page) -> Page:
    """Everybody else meets an address that does not exist."""

    @require_safe
    @never_cache
    @wraps(page)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not (_is_this_machine(request) or _has_token(request)):
            raise Http404
        return page(request)

    return guarded


@for_operators
def metrics(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = ExportToDjangoView(request)
    return answer


@for_operators
def health(_request: HttpRequest) -> HttpResponse:
    """200 while the database answers; the broker may be away, then work waits but nothing is lost."""
    state = {"database": _database_answers(), "broker": _broker_answers()}
    return JsonResponse(state, status=200 if state["database"] else 503)


def _is_this_machine(request: HttpRequest) -> bool:
    if any(name in request.META for name in BY_PROXY):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _has_token(request: HttpRequest) -> bool:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    wanted = settings.METRICS_TOKEN
    return bool(wanted) and scheme.lower() == "bearer" and constant_time_compare(token.strip(), wanted)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    try:
        client = redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        with client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
