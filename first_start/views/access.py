"""Who may open the pages of the first start: nobody once a county is there."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views import View

from first_start.selectors import county_is_missing
from first_start.services.opening import is_pass

PASS = "first_start"


def is_let_in(request: HttpRequest) -> bool:
    """The browser that typed the last code, or a superuser."""
    user = request.user
    is_superuser = user.is_authenticated and user.is_active and user.is_superuser
    return bool(is_superuser or is_pass(request.session.get(PASS, "")))


def address_of(request: HttpRequest) -> str:
    return str(get_adapter(request).get_client_ip(request))


class LetIn(View):
    """The others are sent to the door, and everybody to the first page once a county is there."""

    def elsewhere(self) -> str:
        """The page that has to come first; empty when this one may be shown."""
        return ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not county_is_missing():
            return redirect("home")
        if not is_let_in(request):
            return redirect("first_start:door")
        if elsewhere := self.elsewhere():
            return redirect(elsewhere)
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response
