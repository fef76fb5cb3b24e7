"""allauth's forms of the entrance, those that read a password or one-time code behind the same count."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm as ChangePassword
from allauth.account.forms import LoginForm as Login
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.forms import ValidationError

from accounts.errors import TooManyAttempts
from accounts.services import lockout
from core.clock import now


def behind_the_count(subject: str, read: Callable[[], Any]) -> Any:
    """What `read` answers. Its refusal stays counted; too many become the field's message."""
    address = get_adapter().get_client_ip(context.request)
    try:
        with lockout.guarded(subject, address, now()):
            return read()
    except TooManyAttempts as error:
        raise ValidationError(str(error), code=error.code) from error


class LoginForm(Login):
    """The way to a new password stands below the button: Tab leads from the name to the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class CodeForm(AuthenticateForm):
    def clean_code(self) -> str:
        return str(behind_the_count(lockout.codes_of(self.user.pk), super().clean_code))


class CodeAgainForm(ReauthenticateForm):
    def clean_code(self) -> str:
        return str(behind_the_count(lockout.codes_of(self.user.pk), super().clean_code))


class ChangePasswordForm(ChangePassword):
    def clean_oldpassword(self) -> str:
        subject = lockout.password_of(self.user.get_username())
        return str(behind_the_count(subject, super().clean_oldpassword))
