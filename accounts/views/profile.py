"""My own page: posts, stand-ins, contact, and the post I act in."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from accounts.actors import Capacities
from accounts.forms.people import ContactForm
from accounts.middleware import ACTING
from accounts.permissions import Permission
from accounts.rights import may
from accounts.selectors import people
from accounts.services import users
from core import clock
from core.actor import Actor
from core.form_errors import show_errors
from core.http import actor_of


class ProfilePage(LoginRequiredMixin, FormView):
    template_name = "accounts/profile.html"
    form_class = ContactForm

    def get_initial(self) -> dict[str, Any]:
        user: Any = self.request.user
        return {"phone": user.phone, "email": user.email}

    def form_valid(self, form: ContactForm) -> HttpResponse:
        user: Any = self.request.user
        by = actor_of(self.request) or Actor(user, None)
        contact = users.Contact(name=user.name, **form.cleaned_data)
        with show_errors(form):
            users.edit(user_id=user.pk, contact=contact, by=by, now=clock.now())
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, _("已保存。"))
        return redirect("accounts:profile")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        capacities: Capacities = self.request.capacities  # type: ignore[attr-defined]
        return super().get_context_data(**kwargs) | {
            "capacities": capacities,
            "tokens": people.tokens(user),
            "now": clock.now(),
            "sessions": len(UserSession.objects.purge_and_list(user)),
            "has_codes": is_mfa_enabled(user),
            "may_delegate": may(actor_of(self.request), Permission.DELEGATE),
        }


@require_POST
@login_required
def switch_post(request: HttpRequest) -> HttpResponse:
    """From now on I act in that post, or for the person I stand in for; back to where I was."""
    capacities: Capacities = request.capacities  # type: ignore[attr-defined]  # ActorMiddleware sets it
    wanted = request.POST.get("post", "")
    if wanted in {key for key, _own, _absent in capacities.choices()}:
        request.session[ACTING] = wanted
    else:
        messages.warning(request, _("这个岗位或代理已经结束，请重新选择。"))
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(target) if safe else redirect("home")
