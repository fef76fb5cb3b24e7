"""Whether what was typed has arrived is told by the server, never guessed by the browser."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.messages import ERROR, get_messages
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from accounts.services import kept_forms

Next = Callable[[HttpRequest], HttpResponse]
FIELD = "_kept"  # keep.js sends the form's key along
COOKIE = "kept_done"
FOR_SECONDS = 300
TAKEN = "form_was_taken"


class KeptFormsMiddleware:
    """A form answered with a redirect was taken: what was kept of it is forgotten here and, by a cookie, in the tab.

    Innermost: a redirect to the login page, to a first password or over a wrong token comes from further out.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = request.user
        if request.method != "POST" or user is None or not user.is_authenticated:  # the API's nobody is None
            return response
        key = request.POST.get(FIELD, "") if _was_taken(request, response) else ""
        if key:
            kept_forms.forget(user=user, key=key)
            value = urlencode({"key": key[: kept_forms.KEY_LIMIT]})
            response.set_cookie(
                COOKIE, value, max_age=FOR_SECONDS, samesite="Lax", secure=request.is_secure()
            )
        return response


def with_page(response: HttpResponse) -> HttpResponse:
    """For a form that was taken and answers with a page instead of a redirect, such as a secret shown once."""
    setattr(response, TAKEN, True)
    return response


def _was_taken(request: HttpRequest, response: HttpResponse) -> bool:
    """Told so, or redirected on, and not with a message that something failed."""
    if getattr(response, TAKEN, False):
        return True
    if response.status_code not in (302, 303) and "HX-Redirect" not in response.headers:
        return False
    told = getattr(
        get_messages(request), "_queued_messages", []
    )  # reading them the public way would use them up
    return not any(message.level >= ERROR for message in told)
