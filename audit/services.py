"""The only writer of the access log."""

from datetime import datetime
from typing import Any

from audit.choices import Action
from audit.models import AccessEvent
from core.actor import Actor


def record(
    *,
    action: Action,
    by: Actor,
    now: datetime,
    target_type: str,
    target_id: object = "",
    target_label: str = "",
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> AccessEvent:
    """One line; call it in the transaction of what it records. `details` holds ids and codes, no personal data."""
    return AccessEvent.objects.create(
        at=now,
        action=action,
        user_id=by.user_id,
        appointment_id=by.appointment_id,
        actor_label=by.label[:200],
        target_type=target_type,
        target_id=str(target_id),
        target_label=target_label[:200],
        reason=reason[:500],
        details=details or {},
    )


def record_change(
    *, by: Actor, now: datetime, target_type: str, target_id: object, label: str, before: Any, after: Any
) -> AccessEvent:
    """A change of configuration with what stood before and after."""
    return record(
        action=Action.CONFIG_CHANGED,
        by=by,
        now=now,
        target_type=target_type,
        target_id=target_id,
        target_label=label,
        details={"before": before, "after": after},
    )
