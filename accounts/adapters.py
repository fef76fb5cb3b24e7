"""allauth, as this product needs it: accounts are made by the administrator, TOTP secrets are encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.forms import ValidationError
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from accounts.errors import TooManyAttempts
from accounts.services import lockout
from core import crypto
from core.clock import now


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("账号或密码不对，请核对后再输入。"),
        "incorrect_password": _("密码不对，请核对后再输入。"),
        "enter_current_password": _("请输入当前密码。"),
        "account_inactive": _("该账号已停用，请联系管理员。"),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """In place of allauth's count, which asks the cache: nothing would be limited without Redis."""
        try:
            lockout.count(*self._attempt(request, credentials), now())
        except TooManyAttempts as error:
            raise ValidationError(str(error), code=error.code) from error

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Also of who signs in again before something delicate."""
        user = super().authenticate(request, **credentials)
        if user:
            lockout.forget(*self._attempt(request, credentials))
        return user

    def _attempt(self, request: HttpRequest, credentials: dict[str, Any]) -> tuple[str, str]:
        who = credentials.get("username") or credentials.get("email") or ""
        return lockout.password_of(str(who)), self.get_client_ip(request)

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        return resolve_url("home")


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("动态码不对，请输入手机上当前显示的六位数字。"),
    }

    def encrypt(self, text: str) -> str:
        return crypto.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)
