"""Who acts in this request, how long a session may idle, and what must be done before anything else."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from accounts import actors
from accounts.actors import Capacities
from accounts.models import Appointment
from accounts.roles import OFFICERS
from audit.choices import Action
from audit.services import record
from core.came_from import page_before
from core.clock import now
from core.http import actor_of

Next = Callable[[HttpRequest], HttpResponse]
ACTING = "acting"
LAST_SEEN = "last_seen"
SEEN_EVERY = 60  # seconds; a session row is written at most once a minute
QUIET_PATHS = (
    "/notifications/bell/",
    "/demo/loading/",
    "/static/",
    "/health",
)  # polling never keeps a session alive
NO_SESSION = ("/api/", "/static/")  # paths that know no session
FIRST_PAGES = tuple(f"/accounts/{page}/" for page in ("password", "2fa", "reauthenticate", "logout"))
ALWAYS = (*FIRST_PAGES, "/static/", "/i18n/", "/api/")  # reached whatever has to be done first


class ActorMiddleware:
    """`request.actor`: the user in the post they act in; None for the anonymous and for those without a post.
    `request.capacities`: all posts they hold and stand in for."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        request.capacities = Capacities()  # type: ignore[attr-defined]
        if not request.path.startswith(NO_SESSION) and request.user.is_authenticated:
            capacities = actors.capacities_of(request.user, now())
            acting = request.session.get(ACTING, "")
            request.capacities = capacities  # type: ignore[attr-defined]
            request.actor = actors.acting_in(request.user, capacities, acting)  # type: ignore[attr-defined]
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
            messages.info(request, _("因长时间没有操作，已退出登录。登录后，刚才填写的内容还在。"))
            request.actor, request.capacities = None, Capacities()  # type: ignore[attr-defined]
        elif not request.path.startswith(QUIET_PATHS) and (
            LAST_SEEN not in request.session or moment - last > SEEN_EVERY
        ):
            request.session[LAST_SEEN] = moment
        return self.get_response(request)


class SignInAgainMiddleware:
    """Who has to sign in again comes back to the page they were on; what was typed stays in the browser.

    A form sent after the session was over leads back to its page, not to an address that only takes forms. A script
    gets 401 instead of the login page for an answer: htmx follows HX-Redirect there and back to the page it was on,
    the autosave of a form shows its own words.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sent_from_a_page = request.method == "POST" and "Referer" in request.headers
        if response.status_code != 302 or not (sent_from_a_page or is_scripted(request)):
            return response
        login = resolve_url(settings.LOGIN_URL)
        if urlsplit(response["Location"]).path != login or request.path.startswith(login):
            return response
        return send_to(request, redirect_to_login(page_before(request)).url)


class FirstThingsMiddleware:
    """A one-time password is changed, and where settings ask for it a TOTP device enrolled, before the rest."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ALWAYS) or not request.user.is_authenticated:
            return self.get_response(request)
        if request.user.must_change_password:
            return send_to(request, resolve_url("account_change_password"))
        if lacks_one_time_code(request):
            return send_to(request, resolve_url("mfa_activate_totp"))
        return self.get_response(request)


class RefusalMiddleware:
    """What a post was refused (403), on pages and in the API alike, is a line of the access log."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        by = actor_of(request)
        if response.status_code == 403 and by is not None:
            record(
                action=Action.REFUSED,
                by=by,
                now=now(),
                target_type="",  # the address says it all
                target_label=request.path,
                details={"method": request.method},
            )
        return response


class NoPostMiddleware:
    """Who holds no post, a superuser's plain account too, is refused every page: the first page says what to do,
    so they are led there instead of meeting one refusal after the other."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 403 or request.method not in ("GET", "HEAD") or is_scripted(request):
            return response
        if request.path.startswith(NO_SESSION) or not request.user.is_authenticated:
            return response
        return redirect("home") if request.actor is None else response  # type: ignore[attr-defined]


def lacks_one_time_code(request: HttpRequest) -> bool:
    """Whatever post they act in: they see what all their posts see."""
    if not settings.REQUIRE_ONE_TIME_CODE:
        return False
    needed = any(needs_one_time_code(held) for held in request.capacities.all)  # type: ignore[attr-defined]
    return needed and not is_mfa_enabled(request.user)


def needs_one_time_code(appointment: Appointment) -> bool:
    """The three officers and every post of a county-level organization."""
    post = appointment.post
    return post.role in OFFICERS or post.organization.is_county_level


def is_scripted(request: HttpRequest) -> bool:
    """Asked by htmx or by a form that saves itself, not by the browser's address line."""
    return bool(getattr(request, "htmx", False)) or "X-Autosave" in request.headers


def send_to(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect that a script understands as well. Polling never takes anybody away from what they type."""
    if is_scripted(request):
        headers = {} if request.path.startswith(QUIET_PATHS) else {"HX-Redirect": url}
        return HttpResponse(status=401, headers=headers)
    return redirect(url)
