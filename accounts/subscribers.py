"""Logins, logouts and changed passwords, as the access log keeps them."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from accounts.models import User
from accounts.services.users import password_was_changed
from audit.choices import Action
from audit.services import record
from core.actor import Actor
from core.clock import now

NOBODY = "anonymous"


def connect() -> None:
    user_logged_in.connect(logged_in)
    user_logged_out.connect(logged_out)
    user_login_failed.connect(login_failed)
    for signal in (password_changed, password_set, password_reset):
        signal.connect(changed_password)


def logged_in(request: HttpRequest, user: User, **_: Any) -> None:
    _record(Action.LOGGED_IN, user, request)


def logged_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        _record(Action.LOGGED_OUT, user, request)


def login_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """An unknown account is not written down: people type their password there by mistake."""
    typed = str(credentials.get("username", ""))[:150]
    _record(Action.LOGIN_FAILED, User.objects.filter(username=typed).first(), request)


def changed_password(request: HttpRequest, user: User, **_: Any) -> None:
    password_was_changed(user=user)
    _record(Action.PASSWORD_CHANGED, user, request)


def _record(action: Action, user: User | None, request: HttpRequest | None) -> None:
    known = user is not None and action is not Action.LOGIN_FAILED
    address = get_client_ip(request) if request is not None else None
    record(
        action=action,
        by=Actor(user, None) if known else Actor(None, None, job=NOBODY),
        now=now(),
        target_type="user",
        target_id=user.pk if user else "",
        target_label=user.username if user else "",
        details={"address": address or ""},
    )
