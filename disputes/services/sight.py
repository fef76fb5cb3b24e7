"""Who may open a dispute's pages, asked for many at once: the guard of every notice about a dispute."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.actors import scopes_of
from accounts.scoping import Scope
from core.among import Among
from core.written_once import OneOf, written_once
from disputes.conflicts import NONE, party_keys_of
from disputes.models import AccessGrant, Dispute
from notifications.sight import Asked, Sight


def who_may_open(asked: Collection[Asked], now: datetime) -> dict[Asked, Sight]:
    """The same answer as `visible_to`, and for inner pages as `disclosure`. Six queries at most."""
    scopes = scopes_of({one.user_id for one in asked}, now)
    keys, units = {}, {}
    for pk, opened, barred, unit in _keys_of(sorted({one.subject_id for one in asked})):
        keys[pk], units[pk] = (set(opened), set(barred)), unit
    inner = _Inner([one for one in asked if one.inner], scopes, units)

    def sight(one: Asked) -> Sight:
        opened, barred = keys.get(one.subject_id, (set(), set()))
        scope = scopes[one.user_id]
        found = _sight(opened, barred, scope)
        if found is not Sight.OPEN:
            return found
        if one.inner and not inner.discloses(one.subject_id, scope):
            return Sight.CLOSED
        return Sight.OPEN

    return {one: sight(one) for one in asked}


@written_once
def _keys_of(disputes: Any) -> QuerySet[Dispute, Any]:
    rows = Dispute.objects.filter(OneOf("pk", disputes))
    return rows.values_list("pk", "access_keys", "barred_keys", "unit_id")


def is_open_to(dispute: Dispute, scope: Scope) -> bool:
    """Of a dispute in hand, what `visible_to` answers from its row."""
    opened, barred = set(dispute.access_keys), set(dispute.barred_keys)
    return _sight(opened, barred, scope) is Sight.OPEN


def _sight(opened: set[int], barred: set[int], scope: Scope) -> Sight:
    """The rule of `visible_to` over keys that are read already."""
    if barred.intersection(scope.own_keys):
        return Sight.BARRED
    return Sight.OPEN if opened.intersection(scope.keys) else Sight.CLOSED


class _Inner:
    """Level and plans: not for units that are a party, not for who gave the case back."""

    def __init__(
        self, asked: Collection[Asked], scopes: dict[int, Scope], units: Mapping[int, int | None]
    ) -> None:
        ids = {one.subject_id for one in asked if one.subject_id in units}
        keys = {key for one in asked for key in scopes[one.user_id].keys}
        self._parties = party_keys_of({pk: units[pk] for pk in ids}) if ids else {}
        self._grants: dict[int, dict[int, bool]] = {}
        rows = AccessGrant.objects.filter(dispute=Among(ids), ends_at=None, key=Among(keys)).order_by()
        grants = rows.values_list("dispute_id", "key", "trail_until") if ids else []
        for dispute_id, key, trail_until in grants:
            whole = self._grants.setdefault(dispute_id, {})
            whole[key] = whole.get(key, False) or trail_until is None

    def discloses(self, dispute_id: int, scope: Scope) -> bool:
        if self._parties.get(dispute_id, NONE).intersection(scope.own_keys):
            return False
        mine = [whole for key, whole in self._grants.get(dispute_id, {}).items() if key in scope.keys]
        return any(mine) or not mine
