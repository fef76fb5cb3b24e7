"""Who may see a dispute: dated grant rows, and the two key arrays computed from them. The only writer of both."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value

from accounts.keys import is_named, listing_key, person_key, place_key, post_key, unit_key
from accounts.models import Appointment
from core import together
from core.batch_cache import BatchCache
from core.inserted import insert
from core.remembered import remembered
from disputes.models import AccessGrant, ConflictMark, Dispute
from jurisdictions.choices import PostRole
from jurisdictions.models import Organization, Place, Post

Reason = AccessGrant.Reason
CENTRE_ROLES = (PostRole.COORDINATOR, PostRole.OFFICE)
BY_NAME = (Reason.PERSON, Reason.REGISTRAR)
WORKING = (Reason.LEAD, Reason.CO_UNIT, Reason.PERSON)
BY_TOWN = (Reason.RECEIVED, Reason.PLACED, Reason.JOINED, Reason.HANDED)
BATCH = 500
LEADER_ROLES = (PostRole.DEPUTY, PostRole.HEAD, PostRole.PARTY_SECRETARY)
_awaited: list[Callable[[Dispute], set[int]]] = []


def register_awaited(keys_of: Callable[[Dispute], set[int]]) -> None:
    """An upper app that waits for people says so when it is wired: `keys_of` names their units and them."""
    _awaited.append(keys_of)


def grant(dispute: Dispute, keys: Iterable[int], reason: str, *, now: datetime) -> None:
    """Opens the dispute to the keys from now on; granting twice changes nothing."""
    grant_all([(dispute, key, reason, now) for key in dict.fromkeys(keys)])


def grant_all(granted: Iterable[tuple[Dispute, int, str, datetime]]) -> None:
    """The same for (dispute, key, reason, from when)."""
    AccessGrant.objects.bulk_create(
        [
            AccessGrant(dispute=dispute, key=key, reason=reason, starts_at=now)
            for dispute, key, reason, now in granted
        ],
        ignore_conflicts=True,
    )


def open_to_named(wanted: Iterable[tuple[Dispute, int, datetime]], reason: str) -> None:
    """Opens disputes to keys of posts or persons from a moment on, the rows in one statement; the caller saves the
    arrays."""
    rows = list(wanted)
    grant_all([(dispute, key, reason, since) for dispute, key, since in rows])
    for dispute, key, _since in rows:
        if key not in dispute.access_keys:
            dispute.access_keys = sorted([*dispute.access_keys, key])


def end(dispute: Dispute, reason: str, *, now: datetime, keys: Iterable[int] | None = None) -> None:
    """Ends grants of that reason, of those keys if given."""
    rows = AccessGrant.objects.filter(dispute=dispute, reason=reason, ends_at=None)
    if keys is not None:
        rows = rows.filter(key__in=list(keys))
    rows.update(ends_at=now)


def let_go(user_id: int, units: Iterable[int], *, now: datetime) -> None:
    """Who left a post keeps nothing it had opened to them by name, but what their units of today know of anyway.

    Locks the disputes ascending by id, some at a time: a clerk may have registered thousands.
    """
    key = person_key(user_id)
    by_name = AccessGrant.objects.filter(key=key, reason__in=BY_NAME, ends_at=None)
    known = AccessGrant.objects.filter(
        dispute=OuterRef("dispute"), key__in=[unit_key(unit) for unit in units], ends_at=None
    )
    ids = sorted(set(by_name.exclude(Exists(known)).values_list("dispute_id", flat=True)))
    for start in range(0, len(ids), BATCH):
        batch = Dispute.objects.filter(pk__in=ids[start : start + BATCH])
        locked = list(batch.order_by("pk").select_for_update().values_list("pk", flat=True))
        by_name.filter(dispute__in=locked).update(ends_at=now)
        otherwise = AccessGrant.objects.filter(key=key, ends_at=None).values("dispute")
        without = Func(F("access_keys"), Value(key), function="array_remove")
        Dispute.objects.filter(pk__in=locked).exclude(pk__in=otherwise).update(access_keys=without)


def freeze_former(dispute: Dispute, *, now: datetime) -> None:
    """Who handled it, helping units and earlier people of the unit too, keeps seeing it as it is now, nothing later.

    Whom an upper app still waits for, as a meeting does, keeps their sight. Who sees it by another right of theirs
    keeps that: `disclosure`.
    """
    rows = AccessGrant.objects.filter(dispute=dispute, ends_at=None, trail_until=None)
    working = set(rows.filter(reason__in=WORKING).values_list("key", flat=True))
    if not working:  # the first unit of a case follows nobody
        return
    needed = {key for awaited in _awaited for key in awaited(dispute)}
    rows.filter(key__in=sorted(working - needed)).update(trail_until=now)


def thaw_trail(dispute: Dispute, keys: Iterable[int]) -> None:
    """The unit is responsible again: it sees the whole trail."""
    AccessGrant.objects.filter(dispute=dispute, key__in=list(keys), ends_at=None).update(trail_until=None)


@dataclass(frozen=True)
class InitialGrants:
    """To whom a registration opens a dispute, and whom it bars."""

    dispute: Dispute
    grants: tuple[AccessGrant, ...]
    marks: tuple[ConflictMark, ...]


def on_registration(
    dispute: Dispute,
    registrar: Appointment,
    marks: Iterable[ConflictMark],
    *,
    memo: BatchCache,
    now: datetime,
) -> InitialGrants:
    """County, receiving town and town of the place; a town-level complaint goes up and leaves the town out.

    Sets both arrays on the object; `write_first` writes the rows once the dispute is there.
    """
    rows = [(person_key(registrar.user_id), Reason.REGISTRAR)]
    rows.append((place_key(_county_of(dispute.place).pk), Reason.COUNTY))
    if dispute.managing_org_id == dispute.received_by_id:
        rows.append((unit_key(registrar.post.organization_id), Reason.REGISTRAR))
        rows.append((place_key(dispute.received_by.place_id), Reason.RECEIVED))
        if dispute.town_id:
            rows.append((place_key(dispute.town_id), Reason.PLACED))
    managing = dispute.managing_org_id
    posts = memo.once(("centre posts", managing), lambda: _centre_posts(managing))
    rows += [(key, Reason.MANAGING) for key in posts]
    grants = [AccessGrant(dispute=dispute, key=k, reason=r, starts_at=now) for k, r in dict.fromkeys(rows)]
    first = InitialGrants(dispute, tuple(grants), tuple(marks))
    marked = ((mark.organization_id, mark.user_id) for mark in first.marks)
    untold = [unit for unit in [dispute.untold_unit_id] if unit]
    _set_keys(dispute, (row.key for row in grants), marked, untold)
    return first


def open_to_first_leader(first: InitialGrants, post: Post) -> InitialGrants:
    """The same with 责任领导, who may open it from the beginning; in the array of the object too."""
    dispute, key = first.dispute, post_key(post.pk)
    row = AccessGrant(dispute=dispute, key=key, reason=Reason.LEADER, starts_at=dispute.registered_at)
    dispute.access_keys = sorted({*dispute.access_keys, key})
    return replace(first, grants=(*first.grants, row))


def write_first(openings: Sequence[InitialGrants]) -> None:
    """The rows behind the arrays of a batch of new disputes."""
    insert([mark for first in openings for mark in first.marks])
    insert([row for first in openings for row in first.grants])


def join_towns(dispute: Dispute, towns: Iterable[Place], *, now: datetime) -> None:
    """The county office lets the other towns of a cross-town dispute in."""
    grant(dispute, [place_key(town.pk) for town in towns], Reason.JOINED, now=now)


def follow_place(dispute: Dispute, *, now: datetime) -> None:
    """The place or the towns were corrected: the town it is in sees it, another no longer. The caller rebuilds.

    Where the town was left out, it stays so.
    """
    open_now = AccessGrant.objects.filter(dispute=dispute, ends_at=None)
    if not open_now.filter(reason=Reason.RECEIVED).exists():
        return
    here = [place_key(dispute.town_id)] if dispute.town_id else []
    open_now.filter(reason=Reason.PLACED).exclude(key__in=here).update(ends_at=now)
    grant(dispute, here, Reason.PLACED, now=now)
    if open_now.filter(reason=Reason.JOINED).exists():
        towns = list(Place.objects.filter(code__in=dispute.involved_towns))
        keys = [place_key(town.pk) for town in towns]
        open_now.filter(reason=Reason.JOINED).exclude(key__in=keys).update(ends_at=now)
        join_towns(dispute, towns, now=now)


def move_to_centre(dispute: Dispute, centre: Organization, *, now: datetime) -> None:
    """The managing centre's posts are named, which matters for restricted disputes."""
    grant(dispute, _centre_posts(centre.pk), Reason.MANAGING, now=now)


def open_to_town(dispute: Dispute, centre: Organization, *, now: datetime) -> None:
    """The town that handles it from now on sees all of it, as where it happened does."""
    here = place_key(centre.place_id)
    grant(dispute, [here], Reason.HANDED, now=now)
    move_to_centre(dispute, centre, now=now)
    thaw_trail(dispute, [here, unit_key(centre.pk), *_centre_posts(centre.pk)])


def close_to_town(dispute: Dispute, centre: Organization, *, now: datetime) -> None:
    """The town that handled it sees it as it is now and nothing later, where the matter is not its own otherwise.

    Who received the visitor in person goes on seeing it: they are asked how it stands (首问负责).
    """
    keys = [place_key(centre.place_id), unit_key(centre.pk), *_centre_posts(centre.pk)]
    reasons = [Reason.HANDED, Reason.RECEIVED, Reason.REGISTRAR, Reason.MANAGING]
    rows = AccessGrant.objects.filter(dispute=dispute, ends_at=None, trail_until=None)
    rows.filter(reason__in=reasons, key__in=keys).update(trail_until=now)


def leave_town_out(dispute: Dispute, centres: Iterable[int], *, now: datetime) -> None:
    """What turns out to be about the town's own units or people goes on without the town, as if registered so.

    `centres`: those of towns that received or handled it."""
    open_now = AccessGrant.objects.filter(dispute=dispute, ends_at=None)
    open_now.filter(reason__in=BY_TOWN).update(ends_at=now)
    for centre in set(centres):
        open_now.filter(reason=Reason.MANAGING, key__in=_centre_posts(centre)).update(ends_at=now)
        open_now.filter(reason=Reason.REGISTRAR, key=unit_key(centre)).update(ends_at=now)


def open_to_decider(dispute: Dispute, decider: Organization, *, now: datetime) -> None:
    """Who is asked to decide must be able to read what about, restricted disputes included."""
    grant(dispute, _posts(decider.pk, *CENTRE_ROLES, *LEADER_ROLES), Reason.DECIDER, now=now)
    rebuild(dispute)


def open_to_duty(dispute: Dispute, organization_ids: Iterable[int], *, now: datetime) -> None:
    """The duty posts that are told of danger may open what they are told of."""
    keys = [key for organization in organization_ids for key in duty_posts(organization)]
    grant(dispute, keys, Reason.DUTY, now=now)
    rebuild(dispute)


def duty_posts(organization_id: int) -> list[int]:
    """The keys of an organization's duty posts."""
    return _posts(organization_id, PostRole.DUTY)


def open_to_unit(
    dispute: Dispute, unit: Organization, person: Appointment, *, now: datetime, co: bool = False
) -> None:
    """A unit that was made responsible (or joins in) with its person."""
    reason = Reason.CO_UNIT if co else Reason.LEAD
    whole, named = unit_key(unit.pk), person_key(person.user_id)
    grant_all([(dispute, whole, reason, now), (dispute, named, Reason.PERSON, now)])
    thaw_trail(dispute, [unit_key(unit.pk), person_key(person.user_id)])


def open_to_helpers(dispute: Dispute, units: Sequence[Organization], *, now: datetime) -> None:
    """协办单位: they see all of it again, should they have given it back before."""
    keys = [unit_key(unit.pk) for unit in units]
    grant(dispute, keys, Reason.CO_UNIT, now=now)
    thaw_trail(dispute, keys)


def rebuild(dispute: Dispute, *, untold: Iterable[Organization] = ()) -> None:
    """Computes both arrays anew on the object; the caller saves it. Restricted, it is opened by named posts and
    persons only, and listed to whom it would be open else (`Dispute.objects.listed_to`).

    `untold`: units that a matter about to become one with it must not be told to, on top of its own.
    """
    marks = ConflictMark.objects.filter(dispute=dispute).order_by()
    found = together.ids(
        {
            "keys": AccessGrant.objects.filter(dispute=dispute, ends_at=None).order_by().values("key"),
            "units": marks.exclude(organization=None).values("organization_id"),
            "people": marks.exclude(user=None).values("user_id"),
            "untold": _untold_beside([dispute]),
        }
    )
    marked = [*((unit, None) for unit in found["units"]), *((None, user) for user in found["people"])]
    mine = _untold_with([dispute], found["untold"])
    _set_keys(dispute, found["keys"], marked, {*mine, *(unit.pk for unit in untold)})


def untold_units(disputes: Sequence[Dispute]) -> list[int]:
    """Units that may not be told of these matters or of any that has become one with them.

    The case that goes on answers for its own unit, whatever was said in those merged into it.
    """
    return _untold_with(disputes, (row["unit_id"] for row in _untold_beside(disputes)))


def _untold_beside(disputes: Sequence[Dispute]) -> QuerySet[Any, Any]:
    """The units of others that have become one with these and whose unit must not hear."""
    ids = {dispute.pk for dispute in disputes} | {row.survivor_id for row in disputes if row.survivor_id}
    rows = Dispute.objects.filter(Q(pk__in=ids) | Q(survivor__in=ids), unit_consent=False)
    others = rows.exclude(pk__in=[dispute.pk for dispute in disputes])
    return others.order_by().exclude(unit=None).values("unit_id")


def _untold_with(disputes: Sequence[Dispute], others: Iterable[int]) -> list[int]:
    lead = (row for row in disputes if row.survivor_id is None and row.unit_consent is not None)
    own = {row.unit_id for row in lead}
    units = {unit for unit in others if unit not in own}
    return sorted(units | {unit for row in disputes if (unit := row.untold_unit_id)})


def _set_keys(
    dispute: Dispute,
    granted: Iterable[int],
    marked: Iterable[tuple[int | None, int | None]],
    untold: Iterable[int],
) -> None:
    keys = set(granted)
    if dispute.is_restricted:
        keys = {key if is_named(key) else listing_key(key) for key in keys}
    dispute.access_keys = sorted(keys)
    barred = {unit_key(unit) for unit in untold}
    for organization_id, user_id in marked:
        if organization_id:
            barred.add(unit_key(organization_id))
        if user_id:
            barred.add(person_key(user_id))
    dispute.barred_keys = sorted(barred)


def _centre_posts(organization_id: int) -> list[int]:
    return _posts(organization_id, *CENTRE_ROLES)


def _posts(organization_id: int, *roles: str) -> list[int]:
    return list(_keys_of_posts(organization_id, roles))


@remembered(512)
def _keys_of_posts(organization_id: int, roles: tuple[str, ...]) -> tuple[int, ...]:
    posts = Post.objects.filter(organization_id=organization_id, role__in=roles)
    return tuple(post_key(pk) for pk in posts.values_list("pk", flat=True))


def _county_of(place: Place) -> Place:
    """Among the places above it, which whoever looked it up has loaded with it."""
    above: Place | None = place
    while above is not None and above.code != place.county_code:
        above = above.parent
    return above or Place.objects.get(code=place.county_code)
