"""Notices of disputes their reader must keep out of by now, or may not open any more: a conflict gained later hides
what was told before, an end of their part in it takes away the way there."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from accounts.keys import unit_key
from core.actor import Actor
from disputes.conflicts import party_keys
from disputes.disclosure import LEVEL_STEPS
from disputes.models import Dispute
from disputes.selectors.shown_levels import NEEDED, shown_levels
from disputes.templatetags.levels import level_beside
from notifications.models import Notice
from notifications.subjects import Beside

FOLLOWED = "followed."
OF_DISPUTE = re.compile(r"^/(?:warnings/)?disputes/([^/]+)/")


def hidden(by: Actor, notices: Sequence[Notice]) -> set[int]:
    """By number: what it is about them or their units, and what tells a level to people of a party."""
    numbers = _numbers_of(notices)
    barred, party = kept_out(by, set(numbers.values()))
    of_level = {one.pk for one in notices if one.kind.removeprefix(FOLLOWED).startswith(LEVEL_STEPS)}
    return {pk for pk, number in numbers.items() if number in barred or (number in party and pk in of_level)}


def out_of_sight(by: Actor, notices: Sequence[Notice]) -> set[int]:
    """Those that lead to a dispute they do not see; one query."""
    numbers = _numbers_of(notices)
    closed = closed_to(by, set(numbers.values()))
    return {pk for pk, number in numbers.items() if number in closed}


def closed_to(by: Actor, numbers: Collection[str]) -> set[str]:
    """Numbers of the disputes among them that the person does not see; one query."""
    if not numbers:
        return set()
    seen = Dispute.objects.visible_to(by).filter(number__in=numbers)
    return set(numbers) - set(seen.values_list("number", flat=True))


def beside(by: Actor, ids: Collection[int]) -> dict[int, Beside]:
    """Name and level of those the person sees, as far as they may know the level; three queries at most."""
    rows = list(Dispute.objects.visible_to(by).filter(pk__in=ids).only("number", *NEEDED))
    levels = shown_levels(rows, by)
    return {
        row.pk: Beside(row.display_number, f"/disputes/{row.number}/", level_beside(levels, row))
        for row in rows
    }


def _numbers_of(notices: Sequence[Notice]) -> dict[int, str]:
    found = {notice.pk: OF_DISPUTE.match(notice.url) for notice in notices}
    return {pk: match[1] for pk, match in found.items() if match}


def kept_out(by: Actor, numbers: Collection[str]) -> tuple[set[str], set[str]]:
    """Numbers of disputes that bar the person, and of those in which they belong to a party; two queries."""
    own = set(by.scope.own_keys) if by.scope else set()
    if not own or not numbers:
        return set(), set()
    rows = list(Dispute.objects.filter(number__in=numbers).only("number", "barred_keys", "unit_id"))
    parties = party_keys(rows)
    units = {unit_key(unit) for unit in by.scope.units}
    barred = {row.number for row in rows if own & set(row.barred_keys)}
    return barred, {row.number for row in rows if units & parties[row.pk]}
