"""Issue, revoke and note the use of API tokens."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import ApiToken, Appointment
from accounts.officers import require_no_officer
from audit import services as audit
from audit.choices import Action
from core.actor import Actor

LIFETIME = timedelta(days=365)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def issue(
    *, appointment: Appointment, by: Actor, now: datetime, label: str = "", lifetime: timedelta = LIFETIME
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is shown this once only. Recorded in the access log."""
    require_no_officer(appointment.user, by=by, now=now)
    secret = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        appointment=appointment,
        digest=digest_of(secret),
        prefix=secret[:6],
        label=label,
        created_at=now,
        created_by=by.user,
        expires_at=now + lifetime,
    )
    audit.record(
        action=Action.TOKEN_ISSUED,
        by=by,
        now=now,
        target_type="api_token",
        target_id=token.pk,
        target_label=f"{appointment} {label}".strip(),
    )
    return token, secret


@transaction.atomic
def revoke(*, token_id: int, by: Actor, now: datetime) -> ApiToken:
    """Revoked from the next request on; revoking twice changes nothing."""
    token = ApiToken.objects.select_for_update().get(pk=token_id)
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        audit.record(
            action=Action.TOKEN_REVOKED,
            by=by,
            now=now,
            target_type="api_token",
            target_id=token.pk,
            target_label=str(token),
        )
    return token


def touch(*, token_id: int, now: datetime) -> None:
    """Notes the last use, coarsely: at most one write in five minutes."""
    ApiToken.objects.filter(pk=token_id).update(last_used_at=now)
