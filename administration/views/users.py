"""People: look, create, correct, lock out and let in again."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.password_reset import request_password_reset
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts import kept_forms
from accounts.mixins import PermissionRequired
from accounts.models import User
from accounts.officers import is_officer
from accounts.permissions import Permission
from accounts.rights import may
from accounts.selectors.people import tokens as tokens_of
from accounts.services import lockout, users
from administration.forms.people import PasswordWayForm, ReasonForm, UserEditForm, UserForm
from administration.selectors import people
from core import masking
from core.pages import FormPage, ListPage


class UsersPage(PermissionRequired, ListPage):
    permission = Permission.VIEW_PEOPLE
    template_name = "administration/users.html"
    heading, caption = _("人员与任职"), _("人员")

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
        return super().get_context_data(**kwargs) | {
            "tabs": tabs,
            "state": self.state,
            "may_add": may(self.by, Permission.MANAGE_PEOPLE),
        }


class UserPage(PermissionRequired, TemplateView):
    """One person: posts, tokens, and what can be done for them."""

    permission = Permission.VIEW_PEOPLE
    template_name = "administration/user.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = get_object_or_404(User, pk=self.kwargs["pk"])
        is_me = user.pk == self.by.user_id
        kept_apart = not is_me and is_officer(user.pk, self.now)
        return super().get_context_data(**kwargs) | {
            "kept_apart": kept_apart,
            "may_edit": may(self.by, Permission.MANAGE_PEOPLE) and not kept_apart,
            "may_grant": may(self.by, Permission.MANAGE_RIGHTS) and not kept_apart,
            "person": user,
            "facts": facts_shown(user),
            "appointments": people.appointments_of(user),
            "tokens": tokens_of(user),
            "is_locked": lockout.is_locked(user, self.now),
            "is_me": is_me,
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


class UserAddPage(PermissionRequired, FormPage):
    permission = Permission.MANAGE_PEOPLE
    form_class = UserForm
    heading, submit = _("增加人员"), _("增加")
    lead = _("只建立账号和资料。任职、首次密码由安全管理员办理，之前不能登录。")
    done = _("已建立账号，请安全管理员任职并发放首次密码。")

    def perform(self, data: dict[str, Any]) -> HttpResponse:
        contact = users.Contact(data["name"], data["email"], data["phone"])
        user = users.create(username=data["username"], contact=contact, by=self.by, now=self.now)
        messages.success(self.request, str(self.done))
        return redirect("manage:user", pk=user.pk)

    def back_url(self) -> str:
        return reverse("manage:users")


def shown_once(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with a secret that neither browser nor proxy keeps."""
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return kept_forms.with_page(response)


class UserFormPage(PermissionRequired, FormPage):
    permission = Permission.MANAGE_RIGHTS

    @cached_property
    def person(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def back_url(self) -> str:
        return reverse("manage:user", args=[self.person.pk])


class UserEditPage(UserFormPage):
    permission = Permission.MANAGE_PEOPLE
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
    """A link to the person's own mailbox, or a print to be folded and sealed: nobody reads it on the screen."""

    form_class = PasswordWayForm
    danger = True
    lead = _("原密码立即失效，已登录的设备都会退出。您看不到新密码；本人和审计员会收到通知。")

    @property
    def heading(self) -> str:
        words = _("重置密码：%s") if self.person.last_login else _("发放首次密码：%s")
        return str(words % self.person)

    @property
    def submit(self) -> str:
        return str(_("重置密码") if self.person.last_login else _("发放首次密码"))

    def perform(self, data: dict[str, Any]) -> HttpResponse:
        if data["way"] == PasswordWayForm.LINK:
            user = users.close_for_link(user_id=self.person.pk, by=self.by, now=self.now)
            send_link(self.request, user)
            messages.success(self.request, str(_("已向本人登记的邮箱发送一次性链接，打开后自设密码。")))
            return redirect(self.back_url())
        user, password = users.reset_password(user_id=self.person.pk, by=self.by, now=self.now)
        context = {"person": user, "secret": password, "back_url": self.back_url()}
        return shown_once(self.request, "administration/sealed_password.html", context)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"email": self.person.email}


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


def send_link(request: HttpRequest, user: User) -> None:
    """allauth's one-time link to choose a password; it ends with its first use."""
    request_password_reset(request, user.email, [user], None)


class UserUnlockView(PermissionRequired, View):
    """Can be done any number of times, so it asks nothing."""

    permission = Permission.MANAGE_RIGHTS

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = get_object_or_404(User, pk=pk)
        lockout.unlock(user=user, by=self.by, now=self.now)
        messages.success(request, str(_("已解除锁定，现在可以登录。")))
        return redirect("manage:user", pk=pk)
