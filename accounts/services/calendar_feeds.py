"""The secret addresses from which calendars read what is due to one person: issued, renewed, withdrawn, asked."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.models import CalendarFeed, User
from accounts.permissions import Permission
from accounts.rights import require
from accounts.services.tokens import digest_of
from audit.choices import Action
from audit.services import record
from core.actor import Actor

TOUCH_EVERY = timedelta(minutes=5)
TARGET = "calendar_feed"
LONGEST = 100  # characters of what is taken for a secret


def live(user_id: int | None) -> CalendarFeed | None:
    """The address that works now; one query."""
    return CalendarFeed.objects.filter(user=user_id, revoked_at=None).first()


@transaction.atomic
def issue(*, by: Actor, now: datetime) -> str:
    """A new address; the one before ends. Returns its secret, shown this once only. Locks the user's row; recorded."""
    require(by, Permission.VIEW_DISPUTES)
    User.objects.select_for_update().get(pk=by.user_id)
    _end(by.user_id, by, now)
    secret = secrets.token_urlsafe(32)
    row = CalendarFeed.objects.create(user=by.user, digest=digest_of(secret), created_at=now)
    _record(Action.TOKEN_ISSUED, row, by, now)
    return secret


@transaction.atomic
def withdraw(*, user_id: int | None, by: Actor, now: datetime) -> None:
    """Answers nobody from the next request on; without an address nothing changes. Recorded."""
    _end(user_id, by, now)


def opened(secret: str, now: datetime) -> User | None:
    """Whose address it is; None for one that is unknown or withdrawn, and for who may not log in."""
    rows = CalendarFeed.objects.select_related("user").filter(revoked_at=None, user__is_active=True)
    row = rows.filter(digest=digest_of(secret[:LONGEST])).first()
    if row is None:
        return None
    due = Q(last_used_at=None) | Q(last_used_at__lt=now - TOUCH_EVERY)
    CalendarFeed.objects.filter(due, pk=row.pk).update(last_used_at=now)
    return row.user


def _end(user_id: int | None, by: Actor, now: datetime) -> None:
    for row in CalendarFeed.objects.select_for_update().filter(user=user_id, revoked_at=None):
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        _record(Action.TOKEN_REVOKED, row, by, now)


def _record(action: Action, row: CalendarFeed, by: Actor, now: datetime) -> None:
    record(
        action=action, by=by, now=now, target_type=TARGET, target_id=row.pk, target_label=row.user.username
    )
