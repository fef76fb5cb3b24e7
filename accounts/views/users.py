"""People: look, create, correct, lock out and let in again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.forms.people import ConfirmForm, ReasonForm, UserEditForm, UserForm
from accounts.mixins import PermissionRequired
from accounts.models import User
from accounts.permissions import Permission
from accounts.selectors import people
from accounts.services import lockout, users
from accounts.views.base import FormPage, ListPage
from core import masking


class UsersPage(ListPage):
    permission = Permission.MANAGE_PEOPLE
    template_name = "accounts/users.html"

    @property
    def state(self) -> str:
        asked = self.request.GET.get("state", "")
        return asked if asked in people.STATES else "active"

    def rows(self) -> QuerySet[Any]:
        return people.users(typed=self.typed, state=self.state, day=self.today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"active": _("在用"), "unplaced": _("未任职"), "inactive": _("已停用")}
        tabs = [
            {"url": f"?state={state}", "label": label, "active": state == self.state}
            for state, label in words.items()
        ]
        return super().get_context_data(**kwargs) | {"tabs": tabs, "state": self.state}


class UserPage(PermissionRequired, TemplateView):
    """One person: posts, tokens, and what can be done for him."""

    permission = Permission.MANAGE_PEOPLE
    template_name = "accounts/user.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = get_object_or_404(User, pk=self.kwargs["pk"])
        return super().get_context_data(**kwargs) | {
            "person": user,
            "facts": facts_shown(user),
            "appointments": people.appointments_of(user),
            "tokens": people.tokens(user),
            "is_locked": lockout.is_locked(self.request, user, self.now),
            "is_me": user.pk == self.by.user_id,
            "today": self.today,
            "now": self.now,
        }


def facts_shown(user: User) -> list[dict[str, Any]]:
    rows = [
        (_("账号"), user.username),
        (_("手机"), masking.phone(user.phone)),
        (_("电子邮箱"), user.email),
    ]
    return [{"term": term, "value": value} for term, value in rows]


class UserAddPage(FormPage):
    """Answers with the one-time password instead of a redirect: it is not kept anywhere."""

    permission = Permission.MANAGE_PEOPLE
    form_class = UserForm
    heading, submit = _("增加人员"), _("增加")
    lead = _("保存后显示一次性密码，请当面或电话告知本人；本人登录后须先改密码。")

    def perform(self, data: dict[str, Any]) -> HttpResponse:
        contact = users.Contact(data["name"], data["email"], data["phone"])
        user, password = users.create(username=data["username"], contact=contact, by=self.by, now=self.now)
        return show_password(self.request, user, password)

    def back_url(self) -> str:
        return reverse("manage:users")


def show_password(request: HttpRequest, user: User, password: str) -> HttpResponse:
    context = {"person": user, "secret": password}
    return shown_once(request, "accounts/one_time_password.html", context)


def shown_once(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with a secret that neither browser nor proxy keeps."""
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response


class UserFormPage(FormPage):
    permission = Permission.MANAGE_PEOPLE

    @cached_property
    def person(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def back_url(self) -> str:
        return reverse("manage:user", args=[self.person.pk])


class UserEditPage(UserFormPage):
    form_class = UserEditForm
    submit, done = _("保存"), _("已保存。")

    @property
    def heading(self) -> str:
        return str(_("修改资料：%s") % self.person.username)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.person, name) for name in ("name", "email", "phone")}

    def perform(self, data: dict[str, Any]) -> None:
        users.edit(user_id=self.person.pk, contact=users.Contact(**data), by=self.by, now=self.now)


class UserStatePage(UserFormPage):
    """Locks the account, or lets it in again."""

    form_class = ReasonForm

    @property
    def danger(self) -> bool:
        return self.person.is_active

    @property
    def heading(self) -> str:
        words = _("停用账号：%s") if self.person.is_active else _("启用账号：%s")
        return str(words % self.person)

    @property
    def lead(self) -> str:
        if self.person.is_active:
            return str(_("立即生效：已登录的也会退出，接口令牌随之失效。任职保留；离任请另行结束任职。"))
        return str(_("启用后可以重新登录，任职照旧。"))

    @property
    def submit(self) -> str:
        return str(_("停用") if self.person.is_active else _("启用"))

    def perform(self, data: dict[str, Any]) -> None:
        users.set_active(
            user_id=self.person.pk,
            is_active=not self.person.is_active,
            reason=data["reason"],
            by=self.by,
            now=self.now,
        )


class UserPasswordPage(UserFormPage):
    form_class = ConfirmForm
    submit, danger = _("重置密码"), True
    lead = _("原密码立即失效，已登录的设备都会退出。下一页显示一次性密码，只显示一次。")

    @property
    def heading(self) -> str:
        return str(_("重置密码：%s") % self.person)

    def perform(self, data: dict[str, Any]) -> HttpResponse:
        user, password = users.reset_password(user_id=self.person.pk, by=self.by, now=self.now)
        return show_password(self.request, user, password)


class UserCodesPage(UserFormPage):
    """For a lost phone."""

    form_class = ReasonForm
    submit, done, danger = _("解除两步验证"), _("已解除，请本人登录后重新启用。"), True
    lead = _("手机丢失或更换时使用。请先核实是本人；解除后只凭密码即可登录，直到重新启用。")

    @property
    def heading(self) -> str:
        return str(_("解除两步验证：%s") % self.person)

    def perform(self, data: dict[str, Any]) -> None:
        users.remove_one_time_codes(user_id=self.person.pk, reason=data["reason"], by=self.by, now=self.now)


class UserUnlockView(PermissionRequired, View):
    """Can be done any number of times, so it asks nothing."""

    permission = Permission.MANAGE_PEOPLE

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = get_object_or_404(User, pk=pk)
        lockout.unlock(request=request, user=user, by=self.by, now=self.now)
        messages.success(request, str(_("已解除锁定，现在可以登录。")))
        return redirect("manage:user", pk=pk)
