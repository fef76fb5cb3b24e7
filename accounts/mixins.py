"""Who may open a page at all; what they see on it is the queryset's business."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import View

from accounts.acting import acting
from accounts.permissions import Permission
from accounts.rights import require
from core import clock
from core.actor import Actor
from core.http import actor_of


class PermissionRequired(LoginRequiredMixin, View):
    """Sends the anonymous to the login page and answers 403 to posts without `permission`."""

    permission: Permission

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            require(actor_of(request), self.permission)
        return super().dispatch(request, *args, **kwargs)

    @property
    def by(self) -> Actor:
        """Who acts; there is somebody, because the permission was asked for first."""
        return acting(self.request, self.permission)

    @cached_property
    def now(self) -> datetime:
        """One moment for the whole request."""
        return clock.now()

    @property
    def today(self) -> date:
        return clock.shanghai_date(self.now)
