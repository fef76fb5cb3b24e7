"""Figures at most a minute old: counted when asked for, kept warm by a job while somebody looks."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts import actors
from core.actor import Actor
from core.clock import shanghai_date
from dashboards.models import Snapshot
from dashboards.rules import periods
from dashboards.rules.periods import Period
from dashboards.selectors.figures import figures

FRESH = timedelta(seconds=60)
REFRESHED_AFTER = timedelta(seconds=25)
LOOKED_AT_WITHIN = timedelta(minutes=15)
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Shown:
    """What a page shows, with the moment it holds for (截至 14:05)."""

    payload: dict[str, Any]
    computed_at: datetime


def figures_for(by: Actor, period: Period, *, acting: str, now: datetime) -> Shown:
    """The snapshot of the actor's sight and the period; counted now if there is none of the last minute."""
    scope, name = _digest(by), _name(period)
    row = Snapshot.objects.filter(scope=scope, period=name).first()
    if row is None or now - row.computed_at > FRESH:
        return _count(by, period, scope, acting=acting, now=now, asked_at=now)
    if now - row.asked_at > FRESH:
        Snapshot.objects.filter(pk=row.pk).update(asked_at=now)
    return Shown(row.payload, row.computed_at)


def refresh(now: datetime) -> int:
    """Counts anew what somebody looked at lately, each in the sight its asker has now; forgets the rest."""
    Snapshot.objects.filter(asked_at__lt=now - KEPT).delete()
    rows = Snapshot.objects.filter(
        asked_at__gte=now - LOOKED_AT_WITHIN, computed_at__lt=now - REFRESHED_AFTER
    ).select_related("asked_by")
    counted = 0
    for row in rows:
        by = actors.for_user(row.asked_by, now, acting=row.acting)
        if by is not None and _digest(by) == row.scope:
            _count(by, _period(row.period, now), row.scope, acting=row.acting, now=now, asked_at=row.asked_at)
            counted += 1
    return counted


def _count(by: Actor, period: Period, scope: str, *, acting: str, now: datetime, asked_at: datetime) -> Shown:
    payload = figures(by, period, now).as_payload()
    Snapshot.objects.update_or_create(
        scope=scope,
        period=_name(period),
        defaults={
            "payload": payload,
            "computed_at": now,
            "asked_at": asked_at,
            "asked_by": by.user,
            "acting": acting,
        },
    )
    return Shown(payload, now)


def _digest(by: Actor) -> str:
    """The same for everybody who sees the same: places and units, not the person."""
    seen = f"{by.scope.keys}|{by.scope.own_keys}|{by.organization.pk}"
    return hashlib.sha256(seen.encode()).hexdigest()


def _name(period: Period) -> str:
    return f"{period.key}:{period.first}:{period.last}"


def _period(name: str, now: datetime) -> Period:
    """A named period moves on with the day; a custom one stays."""
    key, first, last = name.split(":")
    days = (datetime.fromisoformat(first).date(), datetime.fromisoformat(last).date())
    return periods.period(key, shanghai_date(now), *days)
