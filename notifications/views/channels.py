"""Channels and working hours, kept by the administrator."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.mixins import PermissionRequired
from accounts.permissions import Permission
from core import clock
from core.pages import FormPage
from notifications import selectors
from notifications.channels import mail
from notifications.channels.kinds import KINDS
from notifications.choices import Channel
from notifications.forms import ChannelForm, HoursForm
from notifications.models import ChannelSetting, WorkingHours
from notifications.services import hours, trying
from notifications.services import settings as notification_settings


class ChannelListView(PermissionRequired, TemplateView):
    permission = Permission.MANAGE_NOTIFICATIONS
    template_name = "notifications/channels.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.shanghai_date(clock.now())
        return super().get_context_data(**kwargs) | {
            "channels": selectors.channel_settings(),
            "mail_configured": mail.is_configured(),
            "hours": hours.on(today),
            "hours_rows": WorkingHours.objects.all()[:20],
            "today": today,
            "troubled_count": selectors.troubled_count(),
        }


class ChannelView(PermissionRequired, FormPage):
    """Turning one channel on or off, and where it leads."""

    permission = Permission.MANAGE_NOTIFICATIONS
    template_name = "notifications/channel.html"
    form_class = ChannelForm
    submit, done = _("保存"), _("已保存。建议随后试发一条。")
    channel: Channel
    setting: ChannelSetting | None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["channel"] not in Channel.values:
            raise Http404
        self.channel = Channel(kwargs["channel"])

    @property
    def heading(self) -> str:
        return str(self.channel.label)

    def get_form_kwargs(self) -> dict[str, Any]:
        self.setting = ChannelSetting.objects.filter(channel=self.channel).first()
        has_target = bool(self.setting and self.setting.target)
        return super().get_form_kwargs() | {"channel": self.channel, "has_target": has_target}

    def get_initial(self) -> dict[str, Any]:
        setting = ChannelSetting.objects.filter(channel=self.channel).first()
        return {"enabled": bool(setting and setting.enabled)}

    def perform(self, data: dict[str, Any]) -> None:
        notification_settings.set_channel(
            channel=self.channel,
            enabled=data["enabled"],
            target=data.get("target", ""),
            by=self.by,
            now=self.now,
        )

    def back_url(self) -> str:
        return reverse("notifications:channels")

    def next_url(self) -> str:
        """Here again: what was entered is tried from this page."""
        return reverse("notifications:channel", args=[self.channel])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "channel": self.channel,
            "setting": self.setting,
            "mail_missing": not KINDS[self.channel].is_ready(),
        }


class TryView(PermissionRequired):
    """A real message to the administrator in person."""

    permission = Permission.MANAGE_NOTIFICATIONS

    def post(self, request: HttpRequest, channel: str) -> HttpResponse:
        if channel not in Channel.values:
            raise Http404
        trying.try_channel(channel=channel, by=self.by, now=clock.now())
        told = _("已向您本人试发一条，结果见“待发送”“已发送”或“失败和不明”。")
        messages.success(request, str(told))
        return redirect("notifications:failures")


class HoursView(PermissionRequired, FormPage):
    permission = Permission.MANAGE_NOTIFICATIONS
    template_name = "notifications/hours.html"
    form_class = HoursForm
    heading, submit, done = _("修改上班时间"), _("保存"), _("已保存。")
    lead = _("期限将到等提醒只在工作日的这段时间发出。")

    def get_initial(self) -> dict[str, Any]:
        present = hours.on(self.today)
        return {"effective_from": self.today, "opens": present.opens, "closes": present.closes}

    def perform(self, data: dict[str, Any]) -> None:
        notification_settings.set_hours(**data, by=self.by, now=self.now)

    def back_url(self) -> str:
        return reverse("notifications:channels")
