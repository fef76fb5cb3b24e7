"""What did not leave the system, and what to do about it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.mixins import PermissionRequired
from accounts.permissions import Permission
from core import clock
from core.pages import ListPage
from notifications import selectors
from notifications.choices import DeliveryState
from notifications.forms import KeysetForm
from notifications.services import repeating

TROUBLED = "troubled"


class DeliveryListView(PermissionRequired, ListPage):
    """Failed and unclear first; what waits and what was sent behind tabs."""

    permission = Permission.MANAGE_NOTIFICATIONS
    template_name = "notifications/failures.html"
    heading, caption = gettext_lazy("消息发送"), gettext_lazy("发送记录")
    lead = gettext_lazy("站内消息写入即送达。这里是发往系统之外的邮件和短信等。")

    @cached_property
    def state(self) -> str:
        asked = self.request.GET.get("state", TROUBLED)
        return asked if asked in {TROUBLED, DeliveryState.WAITING, DeliveryState.SENT} else TROUBLED

    @cached_property
    def page(self) -> dict[str, Any]:
        found = selectors.delivery_page(self.state, before=KeysetForm.before_of(self.request.GET))
        return {
            "rows": found.deliveries,
            "previous": "",
            "next": _next_url(self.state, found.next_before),
            "summary": "",
        }

    @cached_property
    def troubled(self) -> int:
        return selectors.troubled_count()

    @property
    def counted(self) -> int | None:
        return self.troubled or None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "state": self.state,
            "troubled_count": self.troubled,
            "tabs": _tabs(self.state, self.troubled),
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
