"""allauth, as this product needs it: accounts are made by the administrator, TOTP secrets are encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from core import crypto


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("登录失败次数过多，请五分钟后再试，或请管理员解除锁定。"),
        "username_password_mismatch": _("账号或密码不对，请核对后再输入。"),
        "incorrect_password": _("密码不对，请核对后再输入。"),
        "enter_current_password": _("请输入当前密码。"),
        "account_inactive": _("该账号已停用，请联系管理员。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
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
