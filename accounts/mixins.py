"""Who may open a page at all; what he sees on it is the queryset's business."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import View

from accounts.permissions import Permission
from accounts.policies import require


class PermissionRequired(LoginRequiredMixin, View):
    """Sends the anonymous to the login page and answers 403 to posts without `permission`."""

    permission: Permission

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            require(request.actor, self.permission)  # type: ignore[attr-defined]  # ActorMiddleware sets it
        return super().dispatch(request, *args, **kwargs)
