"""Who must keep out of a dispute. Asked of the person: over all posts held and everybody stood in for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q

from accounts.keys import KINDS, UNIT, unit_key
from accounts.persons import own_keys_of
from core.among import Among
from disputes.models import Dispute, Party
from jurisdictions.models import Place

NONE: frozenset[int] = frozenset()


def party_keys(disputes: Iterable[Dispute]) -> dict[int, frozenset[int]]:
    """Dispute → keys of the units that are its parties or concerned, in it or in what was merged into it: they never
    see level, evidence, plans. One query."""
    return party_keys_of({row.pk: row.unit_id for row in disputes})


def party_keys_of(units: Mapping[int, int | None]) -> dict[int, frozenset[int]]:
    """The same of disputes that are not in hand: of each the id and that of the unit concerned."""
    ids = Among(units)
    found: dict[int, set[int]] = {pk: {unit_key(unit)} if unit else set() for pk, unit in units.items()}
    named = Party.objects.filter(organization__isnull=False).order_by()
    here = named.filter(dispute=ids).values_list("dispute_id", "organization_id")
    there = named.filter(dispute__survivor=ids).values_list("dispute__survivor_id", "organization_id")
    merged = Dispute.objects.filter(survivor=ids, unit__isnull=False).order_by()
    for dispute_id, unit in here.union(there, merged.values_list("survivor_id", "unit_id"), all=True):
        found[dispute_id].add(unit_key(unit))
    return {pk: frozenset(keys) for pk, keys in found.items()}


class Conflicts:
    """Asks it of many persons and disputes in three queries at most; of none where nothing could bar.

    `people` are those who may be asked about; whoever else comes up costs two queries more.
    """

    def __init__(self, disputes: Iterable[Dispute], now: datetime, people: Iterable[int] = ()) -> None:
        self._disputes, self._now = list(disputes), now
        self._people = set(people)
        self._own: dict[int, frozenset[int]] = {}
        self._parties: dict[int, frozenset[int]] | None = None

    def bars(self, dispute: Dispute, *users: int) -> bool:
        """It is about one of them, or about a unit of one of them (信访工作条例 art. 30)."""
        return self._meet(frozenset(dispute.barred_keys), users)

    def keeps_from_level(self, dispute: Dispute, *users: int) -> bool:
        """The same, or one of them belongs to a unit that is a party."""
        return self._meet(frozenset(dispute.barred_keys) | self._party_keys(dispute), users)

    def _party_keys(self, dispute: Dispute) -> frozenset[int]:
        if self._parties is None:
            self._parties = party_keys(self._disputes)
        return self._parties.get(dispute.pk, NONE)

    def _meet(self, keys: frozenset[int], users: Iterable[int]) -> bool:
        return bool(keys) and any(not keys.isdisjoint(self._keys_of(user)) for user in users)

    def _keys_of(self, user: int) -> frozenset[int]:
        if user not in self._own:
            self._own |= own_keys_of((self._people | {user}) - self._own.keys(), self._now)
        return self._own[user]


def concerns_open_matter(keys: frozenset[int], place: Place) -> bool:
    """Whether one of these persons and units is a party, concerned or complained about in an open matter of the
    place, the county's being those of all its towns."""
    units = [key // KINDS for key in keys if key % KINDS == UNIT]
    here = Q(place_code__startswith=place.code) | Q(involved_towns__contains=[place.code])
    open_here = Dispute.objects.open().filter(here)
    party = Q(unit__in=units) | Q(pk__in=Party.objects.filter(organization__in=units).values("dispute_id"))
    return bool(open_here.filter(party | Q(barred_keys__overlap=sorted(keys))).exists())
