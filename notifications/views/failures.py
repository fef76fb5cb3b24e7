"""What did not leave the system, and what to do about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.mixins import PermissionRequired
from accounts.permissions import Permission
from core import clock
from notifications import selectors
from notifications.choices import DeliveryState
from notifications.forms import KeysetForm
from notifications.services import repeating

TROUBLED = "troubled"


class DeliveryListView(PermissionRequired, TemplateView):
    """Failed and unclear first; what waits and what was sent behind tabs."""

    permission = Permission.MANAGE_NOTIFICATIONS
    template_name = "notifications/failures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = self.request.GET.get("state", TROUBLED)
        if state not in {TROUBLED, DeliveryState.WAITING, DeliveryState.SENT}:
            state = TROUBLED
        page = selectors.delivery_page(state, before=KeysetForm.before_of(self.request.GET))
        count = selectors.troubled_count()
        return super().get_context_data(**kwargs) | {
            "page": page,
            "state": state,
            "troubled_count": count,
            "tabs": _tabs(state, count),
            "next_url": _next_url(state, page.next_before),
        }


def _next_url(state: str, before: int | None) -> str:
    return f"?{urlencode({'state': state, 'before': str(before)})}" if before else ""


def _tabs(state: str, troubled: int) -> list[dict[str, Any]]:
    here = reverse("notifications:failures")
    named = [
        (TROUBLED, _("失败和不明"), troubled),
        (DeliveryState.WAITING.value, _("待发送"), selectors.waiting_count()),
        (DeliveryState.SENT.value, _("已发送"), None),
    ]
    return [
        {"url": f"{here}?state={name}", "label": label, "count": count, "active": name == state}
        for name, label, count in named
    ]


class RepeatView(PermissionRequired):
    permission = Permission.MANAGE_NOTIFICATIONS

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        delivery = repeating.repeat(delivery_id=pk, by=self.by, now=clock.now())
        told = _("已重新排入发送。") if delivery.urgent else _("已重新排入发送；提醒只在上班时间发出。")
        messages.success(request, told)
        return redirect("notifications:failures")


class DropView(PermissionRequired):
    permission = Permission.MANAGE_NOTIFICATIONS

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        repeating.drop(delivery_id=pk, by=self.by, now=clock.now())
        messages.success(request, _("不再发送，站内消息仍在。"))
        return redirect("notifications:failures")
