"""What a person is, over all posts held and everybody stood in for. Conflicts are asked of this, never of one post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.keys import person_key, unit_key
from accounts.models import Appointment, Delegation, User
from core.clock import shanghai_date


def own_keys_of(users: Iterable[int], now: datetime) -> dict[int, frozenset[int]]:
    """User → their own key, those of their units, and those of whom they stand in for and their units; two queries, a
    third where somebody stands in."""
    keys: dict[int, set[int]] = {user: {person_key(user)} for user in users}
    held = Appointment.objects.current(shanghai_date(now)).filter(user__in=keys)
    for user, unit in held.order_by().values_list("user_id", "post__organization_id"):
        keys[user].add(unit_key(unit))
    columns = ("stand_in_id", "appointment__user_id", "appointment__post__organization_id")
    for user, person, unit in Delegation.objects.current_values(now, *columns, stand_in__in=list(keys)):
        keys[user] |= {person_key(person), unit_key(unit)}
    return {user: frozenset(found) for user, found in keys.items()}


def acting_instead(now: datetime) -> dict[int, User | None]:
    """Appointment → who acts in it in place of its holder; None while the stand-in is away too. One query,
    two where somebody is away.

    Two who stand in for each other are both away. Nobody is sent on from stand-in to stand-in.
    """
    if not Delegation.objects.may_be_current(now):
        return {}
    rows = list(Delegation.objects.current(now).select_related("stand_in", "appointment"))
    away = {row.appointment.user_id for row in rows}
    return {row.appointment_id: None if row.stand_in_id in away else row.stand_in for row in rows}
