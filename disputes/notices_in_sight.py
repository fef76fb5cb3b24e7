"""Notices of disputes their reader must keep out of by now: a conflict gained later hides what was told before."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from accounts.keys import unit_key
from core.actor import Actor
from disputes.conflicts import party_keys
from disputes.disclosure import LEVEL_STEPS
from disputes.models import Dispute
from notifications.models import Notice

OF_DISPUTE = re.compile(r"^/(?:warnings/)?disputes/([^/]+)/")


def hidden(by: Actor, notices: Sequence[Notice]) -> set[int]:
    """By number: what it is about him or his units, and what tells a level to people of a party."""
    found = {notice.pk: OF_DISPUTE.match(notice.url) for notice in notices}
    numbers = {pk: match[1] for pk, match in found.items() if match}
    barred, party = kept_out(by, set(numbers.values()))
    of_level = {notice.pk for notice in notices if notice.kind.startswith(LEVEL_STEPS)}
    return {pk for pk, number in numbers.items() if number in barred or (number in party and pk in of_level)}


def kept_out(by: Actor, numbers: Collection[str]) -> tuple[set[str], set[str]]:
    """Numbers of disputes that bar the person, and of those in which he belongs to a party; two queries."""
    own = set(by.scope.own_keys) if by.scope else set()
    if not own or not numbers:
        return set(), set()
    rows = list(Dispute.objects.filter(number__in=numbers).only("number", "barred_keys", "unit_id"))
    parties = party_keys(rows)
    units = {unit_key(unit) for unit in by.scope.units}
    barred = {row.number for row in rows if own & set(row.barred_keys)}
    return barred, {row.number for row in rows if units & parties[row.pk]}
