"""What somebody sees of a dispute that is in their sight. One answer for page, API, export and search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from accounts.keys import is_named
from accounts.permissions import Permission
from accounts.rights import may
from accounts.scoping import NOTHING, Scope
from core.actor import Actor
from disputes.models import AccessGrant, Dispute
from disputes.querysets import DisputeQuerySet

# prefixes of trail steps about level, evidence, plans and talk in the house: a unit that is a party never reads them
LEVEL_STEPS = (
    "warning",
    "escalation",
    "level",
    "imported_level",
    "coordinated",
    "reviewed_weekly",
    "case_leader",
    "letter",
    "instruct",
    "answer_not_resolved",
    "comment",
    "correct_comment",
)

# so it is with whom somebody told of danger, the officers by whom it is kept down, and with who must keep out
LEVEL_TEXTS, LEVEL_DATA = ("danger_told",), ("danger_told_at", "barred_units", "barred_people", "restriction")


@dataclass(frozen=True)
class Disclosure:
    """`level` covers warning level, evidence and plans; `trail_until` cuts the trail after a return. Without `content`
    it is a stub: number, town, group of the category, state, lead unit and due moment, and nothing else."""

    content: bool = True
    level: bool = True
    trail_until: datetime | None = None
    unmask: bool = False

    def covers(self, moment: datetime | None) -> bool:
        """Whether what happened then is shown: everything, or after a return what came before it."""
        return moment is not None and (self.trail_until is None or moment <= self.trail_until)


def decide(
    *,
    is_party: bool,
    open_keys: set[int],
    frozen: dict[int, datetime],
    may_unmask: bool,
    restricted: bool = False,
) -> Disclosure:
    """The rule itself: a unit that is a party never sees level or plans; a unit that gave the case back
    sees the trail up to then, unless another of its keys still opens the whole of it. What is restricted is opened by
    the keys of named posts and persons alone; the others list it."""
    if restricted:
        named = {key for key in open_keys if is_named(key)}
        of_past = {key: until for key, until in frozen.items() if is_named(key)}
        if not named and not of_past:
            cut = None if open_keys else max(frozen.values(), default=None)
            return Disclosure(content=False, level=False, trail_until=cut)
        open_keys, frozen = named, of_past
    cut = None if open_keys else max(frozen.values(), default=None)
    return Disclosure(level=not is_party, trail_until=cut, unmask=may_unmask and not is_party)


def disclosures(by: Actor, disputes: Iterable[Dispute]) -> dict[int, Disclosure]:
    """The disclosure of each of the disputes (all listed to the actor), by id; one query whatever the number."""
    rows = list(disputes)
    if by.is_system:
        return {dispute.pk: Disclosure(unmask=True) for dispute in rows}
    scope: Scope = by.scope or NOTHING
    ids = [dispute.pk for dispute in rows]
    units = scope.units  # of the person, whatever post they act in
    parties: set[int] = set()
    open_keys: dict[int, set[int]] = {pk: set() for pk in ids}
    frozen: dict[int, dict[int, datetime]] = {pk: {} for pk in ids}
    for dispute_id, key, until in _ties(ids, units, scope):
        if key is None:
            parties.add(dispute_id)
        elif until is None:
            open_keys[dispute_id].add(key)
        else:
            frozen[dispute_id][key] = until
    may_unmask = may(by, Permission.UNMASK)
    return {
        dispute.pk: decide(
            is_party=dispute.pk in parties or dispute.unit_id in units,
            open_keys=open_keys[dispute.pk],
            frozen=frozen[dispute.pk],
            may_unmask=may_unmask,
            restricted=dispute.is_restricted,
        )
        for dispute in rows
    }


TIES = """
    SELECT dispute_id, key, trail_until FROM disputes_accessgrant
        WHERE dispute_id = ANY(%(ids)s) AND ends_at IS NULL AND key = ANY(%(keys)s)
    UNION ALL SELECT dispute_id, NULL, NULL FROM disputes_party
        WHERE dispute_id = ANY(%(ids)s) AND organization_id = ANY(%(units)s)
    UNION ALL SELECT d.survivor_id, NULL, NULL FROM disputes_party p JOIN disputes_dispute d ON d.id = p.dispute_id
        WHERE d.survivor_id = ANY(%(ids)s) AND p.organization_id = ANY(%(units)s)
    UNION ALL SELECT survivor_id, NULL, NULL FROM disputes_dispute
        WHERE survivor_id = ANY(%(ids)s) AND unit_id = ANY(%(units)s)
"""


def _ties(
    ids: list[int], units: Sequence[int], scope: Scope
) -> Iterable[tuple[int, int | None, datetime | None]]:
    """Dispute, key and end of sight of each grant that opens it; without a key where the unit is a party, in it or
    in what was merged into it. Written out: every list asks it, and building four selects cost more than the answer.
    """
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(TIES, {"ids": ids, "keys": list(scope.keys), "units": list(units)})
        return list(cursor.fetchall())


def disclosure(by: Actor, dispute: Dispute) -> Disclosure:
    return disclosures(by, [dispute])[dispute.pk]


def known_now(rows: DisputeQuerySet, by: Actor) -> DisputeQuerySet:
    """Without what the actor sees only as it was: its present state is not learned by filtering or counting either."""
    past = seen_as_it_was(by)
    return rows if past is None else rows.exclude(pk__in=past)


def seen_as_it_was(by: Actor) -> QuerySet[AccessGrant, Any] | None:
    """The ids of what the actor gave back and nothing else opens; None where there is nothing of that."""
    if by.is_system or by.scope is None:
        return None
    mine = AccessGrant.objects.filter(key__in=by.scope.keys, ends_at=None).order_by()
    past = mine.filter(trail_until__isnull=False)
    if not past.exists():
        return None
    whole = mine.filter(trail_until=None, dispute=OuterRef("dispute"))
    return past.exclude(Exists(whole)).values("dispute")
