"""Wrong passwords and one-time codes close an account for the address they came from, longer each time.

Counted in PostgreSQL, for account and address together: guessing elsewhere closes nobody out, and an office behind
one address never loses more than the account that is being guessed. An attempt is counted before it is read, so that
many at once are no more than many in a row; the right answer forgets them. How long: `rules/waits.py` and settings.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from accounts.errors import TooManyAttempts
from accounts.models import LoginAttempts, User
from accounts.officers import require_no_officer
from accounts.permissions import Permission
from accounts.rights import require
from accounts.rules.waits import waits
from audit.services import record_change
from core.actor import Actor

# One statement: counts the attempt unless the wait runs; returns nothing when it is refused.
COUNT = """
    INSERT INTO accounts_loginattempts AS known (subject, address, failures, last_at, closed_until)
    VALUES (%(subject)s, %(address)s, 1, %(now)s, %(now)s + make_interval(secs => (%(waits)s::int[])[1]))
    ON CONFLICT (subject, address) DO UPDATE SET
        failures = CASE WHEN known.last_at < %(forget)s THEN 1 ELSE known.failures + 1 END,
        last_at = %(now)s,
        closed_until = %(now)s + make_interval(secs => (%(waits)s::int[])[
            CASE WHEN known.last_at < %(forget)s THEN 1 ELSE least(known.failures + 1, %(most)s) END])
    WHERE known.closed_until <= %(now)s
    RETURNING failures
"""


@contextmanager
def guarded(subject: str, address: str, now: datetime) -> Iterator[None]:
    """Around the reading of a password or code. Raises TooManyAttempts before it; an error inside leaves it counted."""
    count(subject, address, now)
    yield
    forget(subject, address)


def count(subject: str, address: str, now: datetime) -> None:
    """One more attempt by this account from this address. Raises TooManyAttempts while its wait runs."""
    steps = [int(wait.total_seconds()) for wait in _waits()]
    where = network_of(address)
    given: dict[str, Any] = {"subject": subject, "address": where, "now": now, "waits": steps}
    given |= {"most": len(steps), "forget": now - timedelta(seconds=settings.LOCKOUT_FORGET)}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, given)
        counted = cursor.fetchone()
    if counted is None:
        rows = LoginAttempts.objects.filter(subject=subject, address=where)
        raise TooManyAttempts(rows.values_list("closed_until", flat=True).first() or now, now)


def forget(subject: str, address: str) -> None:
    """The answer was right."""
    LoginAttempts.objects.filter(subject=subject, address=network_of(address)).delete()


def forget_old(*, now: datetime) -> int:
    """Rows whose count would start anew anyway; the number of them."""
    old = LoginAttempts.objects.filter(last_at__lt=now - timedelta(seconds=settings.LOCKOUT_FORGET))
    return int(old.filter(closed_until__lte=now).delete()[0])


def is_locked(user: User, now: datetime) -> bool:
    """Whether the next password or code from some address would be refused unread."""
    return LoginAttempts.objects.filter(subject__in=subjects_of(user), closed_until__gt=now).exists()


def unlock(*, user: User, by: Actor, now: datetime) -> None:
    """Forgets the wrong passwords and codes from every address."""
    require(by, Permission.MANAGE_RIGHTS)
    require_no_officer(user, by=by, now=now)
    LoginAttempts.objects.filter(subject__in=subjects_of(user)).delete()
    record_change(
        by=by,
        now=now,
        target_type="user",
        target_id=user.pk,
        label=f"{user.username} {user.name}",
        before={"locked": True},
        after={"locked": False},
    )


def password_of(username: str) -> str:
    """Whose password is tried. Only a keyed digest is kept: people type their password there by mistake."""
    return _digest("password", username.strip().lower())


def codes_of(user_id: int) -> str:
    """Whose one-time codes are tried."""
    return _digest("code", str(user_id))


def subjects_of(user: User) -> list[str]:
    return [password_of(user.username), codes_of(user.pk)]


def network_of(address: str) -> str:
    """An IPv6 household has a /64 of its own; anything else is taken as it is."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network(f"{known}/64", strict=False).network_address)
    return str(known)


def _digest(kind: str, who: str) -> str:
    return salted_hmac("accounts.lockout", f"{kind}:{who}", algorithm="sha256").hexdigest()


def _waits() -> list[timedelta]:
    return waits(
        free=settings.LOCKOUT_FREE_TRIES,
        first=timedelta(seconds=settings.LOCKOUT_FIRST_WAIT),
        longest=timedelta(seconds=settings.LOCKOUT_LONGEST_WAIT),
    )
