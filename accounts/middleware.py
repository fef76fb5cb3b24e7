"""Who acts in this request, how long a session may idle, and who must show a one-time code."""

from collections.abc import Callable
from datetime import datetime

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import actors
from core.actor import Actor
from core.clock import now
from jurisdictions.choices import PostRole

Next = Callable[[HttpRequest], HttpResponse]
ACTING = "acting"
LAST_SEEN = "last_seen"
SEEN_EVERY = 60  # seconds; a session row is written at most once a minute
QUIET_PATHS = ("/notifications/bell/", "/static/", "/health")  # polling never keeps a session alive


class ActorMiddleware:
    """`request.actor`: the user in the post he acts in; None for the anonymous and for those without a post."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        if not request.path.startswith(("/api/", "/static/")) and request.user.is_authenticated:
            acting = request.session.get(ACTING, "")
            request.actor = actors.for_user(request.user, now(), acting=acting)  # type: ignore[attr-defined]
        return self.get_response(request)


class IdleSessionMiddleware:
    """Ends a session that did nothing for IDLE_SESSION_SECONDS. What was typed is kept by the browser."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/") or not request.user.is_authenticated:
            return self.get_response(request)
        moment = now().timestamp()
        last = request.session.get(LAST_SEEN, moment)
        if moment - last > settings.IDLE_SESSION_SECONDS:
            logout(request)
            request.actor = None  # type: ignore[attr-defined]
        elif not request.path.startswith(QUIET_PATHS) and (
            LAST_SEEN not in request.session or moment - last > SEEN_EVERY
        ):
            request.session[LAST_SEEN] = moment
        return self.get_response(request)


class RequireOneTimeCodeMiddleware:
    """Where settings ask for it, administrators and county roles enrol a TOTP device before anything else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor: Actor | None = getattr(request, "actor", None)
        if (
            settings.REQUIRE_ONE_TIME_CODE
            and actor
            and not request.path.startswith(("/accounts/", "/static/"))
        ):
            if needs_one_time_code(actor) and not is_mfa_enabled(actor.user):
                return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)


def needs_one_time_code(actor: Actor) -> bool:
    """Administrators, auditors and every post of a county-level organization."""
    if actor.post is None:
        return False
    return actor.post.role in {PostRole.ADMINISTRATOR, PostRole.AUDITOR} or actor.organization.is_county_level


def seconds_idle(request: HttpRequest, moment: datetime) -> float:
    return moment.timestamp() - request.session.get(LAST_SEEN, moment.timestamp())
