"""The posts of leaders around one dispute and who holds them: two queries, whatever is asked of them then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db.models import Q

from accounts.keys import unit_key
from accounts.models import Appointment
from accounts.persons import own_keys_of
from core.clock import shanghai_date
from core.memo import Memo
from core.remembered import remembered
from early_warning.rules import responsibility as rules
from early_warning.rules.responsibility import Seat
from jurisdictions.choices import OrganizationKind, PlaceKind, PostRole
from jurisdictions.models import Organization, Post
from jurisdictions.querysets import PostQuerySet

K, R = OrganizationKind, PostRole
LEADING_KINDS = (K.PARTY_COMMITTEE, K.GOVERNMENT, K.GOVERNANCE_COMMITTEE)
LEADING_ROLES = (R.PARTY_SECRETARY, R.HEAD, R.DEPUTY, R.POLITICAL_LEGAL)


@dataclass(frozen=True)
class Chair:
    post: Post
    holder: Appointment | None
    keeps_out: bool


@dataclass(frozen=True)
class Around:
    """Where to look: one town or none, the county, the unit concerned, the first-named sector, the hot field;
    `department` instead of the sector's own where the county has given the matter to another."""

    county_code: str
    town_code: str = ""
    unit_id: int | None = None
    sector: str = ""
    hot_field: str = ""
    department: int | None = None


class Chairs:
    """Who sits where. Chairs of a seat come in the order in which they are asked.

    With a memo, who sits around the same place is read once for a whole batch, whatever its days.
    """

    def __init__(self, around: Around, now: datetime, memo: Memo | None = None) -> None:
        self.around, self._now = around, now
        today, where = shanghai_date(now), replace(around, hot_field="")
        posts, held = (memo or Memo()).once(where, lambda: _seated(where))
        self.posts: list[Post] = [post for post in posts if post.organization.is_valid(today)]
        self.holders: dict[int, list[Appointment]] = {}
        for appointment in held:
            if appointment.is_current(today):
                self.holders.setdefault(appointment.post_id, []).append(appointment)

    def unit_has_head(self) -> bool:
        return any(self.holders.get(post.pk) for post in self._of(rules.UNIT_HEAD))

    def of(self, seat: Seat, barred: frozenset[int] = frozenset()) -> Iterator[Chair]:
        """The chairs of a seat, who sits there now, and whether they or their unit must keep out.

        Whoever belongs to the unit concerned by another post keeps out of every chair but that unit's own.
        """
        if self.around.unit_id is not None and seat != rules.UNIT_HEAD:
            barred |= {unit_key(self.around.unit_id)}
        for post in self._of(seat):
            people = self.holders.get(post.pk, [])
            out = unit_key(post.organization_id) in barred
            out = out or (
                bool(barred) and any(not barred.isdisjoint(self._own[row.user_id]) for row in people)
            )
            yield Chair(post, people[0] if people else None, out)

    @cached_property
    def _own(self) -> dict[int, frozenset[int]]:
        return own_keys_of((row.user_id for rows in self.holders.values() for row in rows), self._now)

    def department(self) -> Organization | None:
        """The competent department of the first-named sector."""
        return next((post.organization for post in self._of(rules.DEPARTMENT_HEAD)), None)

    def seat_of(self, post: Post) -> Seat | None:
        """Which seat a post is; none for posts that are no leader's here."""
        return seat_of(post, self.around.unit_id)

    def _of(self, seat: Seat) -> list[Post]:
        here = [post for post in self.posts if self._level(post) == seat.level]
        if seat in (rules.UNIT_HEAD, rules.DEPARTMENT_HEAD):
            return [post for post in here if post.role == R.HEAD]
        if seat.who == "committee":
            return [
                post
                for post in here
                if post.organization.kind == K.GOVERNANCE_COMMITTEE and post.role == R.HEAD
            ]
        if seat.who == "head":
            return [post for post in here if post.organization.kind == K.GOVERNMENT and post.role == R.HEAD]
        if seat.who == "secretary":
            return [post for post in here if post.role == R.PARTY_SECRETARY]
        governing = [post for post in here if post.organization.kind != K.GOVERNANCE_COMMITTEE]
        return deputies(governing, self._fields(seat))

    def _fields(self, seat: Seat) -> list[str]:
        """The fields a deputy is looked for by, the most telling first."""
        own = [self.around.hot_field] if self.around.hot_field else []
        if seat.who != "sector_deputy":
            return own
        of_sector = {
            field for post in self.posts if self._level(post) == rules.DEPARTMENT for field in post.portfolio
        }
        return [field for field in own if field in of_sector] + sorted(of_sector.difference(own))

    def _level(self, post: Post) -> str:
        return level_of(post, self.around.unit_id)


def seat_of(post: Post, unit_id: int | None) -> Seat | None:
    """Which seat a post is in a matter that concerns this unit or none. Needs its organization's place loaded."""
    level = level_of(post, unit_id)
    if post.organization.kind == K.GOVERNANCE_COMMITTEE:
        return rules.TOWN_COMMITTEE if level == rules.TOWN else rules.COUNTY_COMMITTEE
    who = {R.HEAD: "head", R.PARTY_SECRETARY: "secretary", R.DEPUTY: "deputy", R.POLITICAL_LEGAL: "deputy"}
    return Seat(who[R(post.role)], level) if post.role in who else None


def level_of(post: Post, unit_id: int | None) -> str:
    organization = post.organization
    if organization.kind in LEADING_KINDS:
        return rules.COUNTY if organization.place.kind == PlaceKind.COUNTY else rules.TOWN
    return rules.UNIT if organization.pk == unit_id else rules.DEPARTMENT


def is_above(post: Post, other: Post, unit_id: int | None) -> bool:
    """Whether the holder of `post` is a principal of a deputy who holds `other` (§8): in the same town or department,
    or at the county."""
    seat, below = seat_of(post, unit_id), seat_of(other, unit_id)
    if below not in rules.DEPUTIES or seat not in rules.PRINCIPALS[below]:
        return False
    return seat.level == rules.COUNTY or post.organization.place_id == other.organization.place_id


def deputies(posts: Iterable[Post], fields: Iterable[str]) -> list[Post]:
    """Deputies in charge of one of the fields, in the order of the fields; then the political-legal members."""
    able = [post for post in posts if post.role in (R.DEPUTY, R.POLITICAL_LEGAL)]
    in_charge = [post for field in fields for post in able if field in post.portfolio]
    political = [post for post in able if is_political_legal(post)]
    return list(dict.fromkeys([*in_charge, *political]))


def is_political_legal(post: Post) -> bool:
    return post.is_political_legal or post.role == R.POLITICAL_LEGAL


@remembered(256)
def _seated(around: Around) -> tuple[tuple[Post, ...], tuple[Appointment, ...]]:
    """The posts of any day, and who held, holds or will hold them and may log in, the default holder first."""
    posts: tuple[Post, ...] = tuple(_posts(around))
    held = Appointment.objects.filter(post__in=[post.pk for post in posts], user__is_active=True)
    return posts, tuple(held.select_related("user").order_by("-is_default", "pk"))


def _posts(around: Around) -> PostQuerySet:
    places = [code for code in (around.county_code, around.town_code) if code]
    wanted = Q(
        organization__kind__in=LEADING_KINDS, organization__place__code__in=places, role__in=LEADING_ROLES
    )
    if around.unit_id is not None:
        wanted |= Q(organization_id=around.unit_id, role=R.HEAD)
    if around.department is not None:
        wanted |= Q(organization_id=around.department, role__in=(R.HEAD, R.DEPUTY))
    elif around.sector:
        departments = Organization.objects.filter(
            kind=K.DEPARTMENT, sectors__code=around.sector, place__code=around.county_code
        )
        wanted |= Q(organization__in=departments, role__in=(R.HEAD, R.DEPUTY))
    return Post.objects.active().filter(wanted).select_related("organization__place").order_by("pk")
