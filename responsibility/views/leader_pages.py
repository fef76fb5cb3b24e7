"""What the pages about leaders and letters share: the dispute, one form, and where it leads back to."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.permissions import Permission
from core import clock
from core.actor import Actor
from core.pages import CasePage
from disputes import public
from disputes.models import Dispute
from disputes.selectors.detail import facts_of, visible_dispute
from disputes.views.acting import acting


def dispute_and_actor(request: HttpRequest, number: str) -> tuple[Dispute, Actor]:
    """NotFound out of sight, and for a unit that is a party or gave the case back."""
    by = acting(request, Permission.VIEW_DISPUTES)
    dispute = visible_dispute(number, by)
    public.require_told(by, dispute)
    return dispute, by


class LeaderPage(LoginRequiredMixin, CasePage):
    """One form about the leaders or letters of a dispute, beside what that is about."""

    template_name = "responsibility/leader_form.html"
    dispute: Dispute
    by: Actor

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.dispute, self.by = self.asked_for()
        return super().dispatch(request, *args, **kwargs)

    def asked_for(self) -> tuple[Dispute, Actor]:
        """The dispute and who acts. Raises what keeps them from this page."""
        return dispute_and_actor(self.request, self.kwargs["number"])

    @cached_property
    def now(self) -> datetime:
        """One moment for the whole request."""
        return clock.now()

    def back_url(self) -> str:
        return reverse("disputes:detail", args=[self.dispute.number])

    def rows(self) -> list[dict[str, Any]]:
        """What stands at present, above the form."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "dispute": self.dispute,
            "facts": facts_of(self.dispute, inner=True),
            "rows": self.rows(),
        }
