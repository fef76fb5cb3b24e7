"""Accounts closed for some minutes after too many wrong passwords; allauth counts, we show and unlock."""

from __future__ import annotations

from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from accounts.models import User
from accounts.permissions import Permission
from accounts.policies import require
from audit.services import record_change
from core.actor import Actor

APP, ACTION = "allauth.account", "login_failed"


def is_locked(request: HttpRequest, user: User, now: datetime) -> bool:
    """Whether the next password would be refused unread, by the count kept for this account."""
    for rate in ratelimit.get_rates(app=APP, action=ACTION):
        if rate.per != "key":
            continue
        key = ratelimit.get_cache_key(request, app=APP, action=ACTION, rate=rate, key=_key(request, user))
        recent = [at for at in cache.get(key, []) if at > now.timestamp() - rate.duration]
        if len(recent) >= rate.amount:
            return True
    return False


def unlock(*, request: HttpRequest, user: User, by: Actor, now: datetime) -> None:
    """Forgets the wrong passwords. The request only says under which address allauth keeps its count."""
    require(by, Permission.MANAGE_PEOPLE)
    ratelimit.clear(request, app=APP, action=ACTION, key=_key(request, user))
    record_change(
        by=by,
        now=now,
        target_type="user",
        target_id=user.pk,
        label=f"{user.username} {user.name}",
        before={"locked": True},
        after={"locked": False},
    )


def _key(request: HttpRequest, user: User) -> str:
    return str(get_adapter()._get_login_attempts_cache_key(request, username=user.username))
