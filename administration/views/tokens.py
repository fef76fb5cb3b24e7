"""Tokens of other systems: issued, shown once, revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import ConfirmForm
from accounts.mixins import PermissionRequired
from accounts.models import ApiToken, Appointment
from accounts.permissions import Permission
from accounts.selectors import people
from accounts.services import tokens
from administration.forms.people import TokenForm
from administration.views.users import UserFormPage, shown_once
from core.pages import FormPage, ListPage


class TokensPage(PermissionRequired, ListPage):
    permission = Permission.MANAGE_RIGHTS
    template_name = "administration/tokens.html"
    heading = _("接口令牌")
    lead = _("一个令牌代表一个人的一个岗位。在人员页面签发，不用了就吊销。")

    def rows(self) -> QuerySet[Any]:
        return people.tokens()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"now": self.now}


class TokenIssuePage(UserFormPage):
    """Answers with the token: only its hash is kept."""

    form_class = TokenForm
    submit = _("签发")
    lead = _("令牌以这个岗位的身份办事，看得到该岗位能看到的一切。下一页显示令牌，只显示一次。")

    @property
    def heading(self) -> str:
        return str(_("签发接口令牌：%s") % self.person)

    def get_form_kwargs(self) -> dict[str, Any]:
        held = Appointment.objects.current(self.today).with_post().filter(user=self.person)
        return super().get_form_kwargs() | {"appointments": held}

    def perform(self, data: dict[str, Any]) -> HttpResponse:
        lifetime = timedelta(days=data["days"])
        token, secret = tokens.issue(
            appointment=data["appointment"], label=data["label"], lifetime=lifetime, by=self.by, now=self.now
        )
        context = {"person": self.person, "token": token, "secret": secret}
        return shown_once(self.request, "administration/one_time_token.html", context)


class TokenRevokePage(PermissionRequired, FormPage):
    permission = Permission.MANAGE_RIGHTS
    form_class = ConfirmForm
    submit, done, danger = _("吊销"), _("已吊销，下一次请求即被拒绝。"), True
    lead = _("使用它的系统立即不能访问，且不能恢复，只能另发新令牌。")

    @cached_property
    def token(self) -> ApiToken:
        return get_object_or_404(people.tokens(), pk=self.kwargs["pk"])

    @property
    def heading(self) -> str:
        return str(_("吊销接口令牌：%s") % self.token)

    def perform(self, _data: dict[str, Any]) -> None:
        tokens.revoke(token_id=self.token.pk, by=self.by, now=self.now)

    def back_url(self) -> str:
        return reverse("manage:user", args=[self.token.appointment.user_id])
