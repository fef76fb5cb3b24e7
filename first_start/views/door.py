"""The door: a code out of the terminal, or a superuser's login."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView

from accounts.errors import TooManyAttempts
from core import clock
from core.form_errors import show_errors
from first_start.forms.places import CodeForm
from first_start.selectors import county_is_missing
from first_start.services import opening
from first_start.services.answers import read
from first_start.views.access import PASS, address_of, is_let_in
from first_start.views.base import first_open


class DoorPage(FormView):
    template_name = "first_start/door.html"
    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not county_is_missing():
            return redirect("home")
        if is_let_in(request):
            return redirect(f"first_start:{first_open(read())}")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        granted = ""
        with show_errors(form):
            granted = self._open(form)
        if form.errors:
            return self.form_invalid(form)
        self.request.session.cycle_key()
        self.request.session[PASS] = granted
        return redirect(f"first_start:{first_open(read())}")

    def _open(self, form: BaseForm) -> str:
        code = form.cleaned_data["code"]
        try:
            return opening.open_with(code=code, address=address_of(self.request), now=clock.now())
        except TooManyAttempts as error:
            form.add_error("code", str(error))
            return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        login = f"{reverse('account_login')}?next={reverse('first_start:door')}"
        return super().get_context_data(**kwargs) | {"login_url": login}
