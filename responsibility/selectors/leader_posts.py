"""Who holds which leader's post in some towns and their county, and around one matter; who acts there now.

Read once, whatever is asked then. The desks of the centres stand here too: they phone leaders and write for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q

from accounts.keys import unit_key
from accounts.models import Appointment, User
from accounts.persons import acting_instead, own_keys_of
from core.batch_cache import BatchCache
from core.clock import shanghai_date
from core.remembered import remembered
from jurisdictions.choices import OrganizationKind, PlaceKind, PostRole
from jurisdictions.models import Organization, Place, Post
from jurisdictions.querysets import PostQuerySet
from responsibility.rules.leader_posts import DEPUTIES, PRINCIPALS, LeaderPost, Tier

K, R, L = OrganizationKind, PostRole, LeaderPost
GOVERNING_KINDS = (K.PARTY_COMMITTEE, K.GOVERNMENT)
LEADING_KINDS = (*GOVERNING_KINDS, K.GOVERNANCE_COMMITTEE)
LEADING_ROLES = (R.PARTY_SECRETARY, R.HEAD, R.DEPUTY, R.POLITICAL_LEGAL)
DESK_ROLES = (R.DUTY, R.COORDINATOR, R.OFFICE)
# what a leader's post is called where it is; the secretary of the Party committee, the head of all others
HEADS = {
    L.TOWN_COMMITTEE: K.GOVERNANCE_COMMITTEE,
    L.COUNTY_COMMITTEE: K.GOVERNANCE_COMMITTEE,
    L.TOWN_HEAD: K.GOVERNMENT,
    L.COUNTY_HEAD: K.GOVERNMENT,
    L.TOWN_POLICE_HEAD: K.POLICE_STATION,
}
SECRETARIES = (L.TOWN_SECRETARY, L.COUNTY_SECRETARY)


@dataclass(frozen=True)
class Where:
    """A town and its county, by code; no town where none decides alone."""

    county: str
    town: str = ""

    @classmethod
    def of(cls, place: Place) -> Where:
        return cls(place.county_code, place.code)


@dataclass(frozen=True)
class Matter:
    """What else a matter makes us look at: the unit concerned, the first-named sector; `department` instead of the
    sector's own where the county has given the matter to another."""

    unit_id: int | None = None
    sector: str = ""
    department: int | None = None


@dataclass(frozen=True)
class Held:
    """A post and who holds it; whether they or their unit must keep out."""

    post: Post
    holder: Appointment | None
    keeps_out: bool


class LeaderPosts:
    """Who holds which post. Posts that answer to the same name come in the order in which they are asked.

    With a memo, who is around the same places is read once for a whole batch, whatever its days.
    """

    def __init__(
        self,
        places: Iterable[Where],
        now: datetime,
        *,
        matter: Matter | None = None,
        memo: BatchCache | None = None,
    ) -> None:
        self._now, self._matter = now, matter or Matter()
        today = shanghai_date(now)
        asked = _codes(places), self._matter
        posts, held = (memo or BatchCache()).once(asked, lambda: _held(*asked))
        self._posts = [post for post in posts if post.organization.is_valid(today)]
        self._there: dict[tuple[LeaderPost, Where, str], list[Post]] = {}  # asked for every case of a batch
        self._holders: dict[int, list[Appointment]] = {}
        for appointment in held:
            if appointment.is_current(today):
                self._holders.setdefault(appointment.post_id, []).append(appointment)

    def of(
        self, asked: LeaderPost, where: Where, hot_field: str = "", barred: frozenset[int] = frozenset()
    ) -> Iterator[Held]:
        """The posts of that name there, who holds each now, and whether they or their unit must keep out.

        Whoever belongs to the unit concerned by another post keeps out of every post but that unit's own.
        """
        if self._matter.unit_id is not None and asked != L.UNIT_HEAD:
            barred |= {unit_key(self._matter.unit_id)}
        for post in self.posts(asked, where, hot_field):
            people = self._holders.get(post.pk, [])
            out = unit_key(post.organization_id) in barred
            out = out or (
                bool(barred) and any(not barred.isdisjoint(self._own[row.user_id]) for row in people)
            )
            yield Held(post, people[0] if people else None, out)

    def first(self, posts: Sequence[Post]) -> tuple[Post | None, Appointment | None]:
        """The first of the posts that somebody holds, else the first, empty."""
        for post in posts:
            if self._holders.get(post.pk):
                return post, self._holders[post.pk][0]
        return (posts[0] if posts else None), None

    def posts(self, asked: LeaderPost, where: Where, hot_field: str = "") -> list[Post]:
        key = asked, where, hot_field
        if key not in self._there:
            self._there[key] = self._find(*key)
        return self._there[key]

    def _find(self, asked: LeaderPost, where: Where, hot_field: str) -> list[Post]:
        here = self._in(asked.tier, where)
        if asked in (L.UNIT_HEAD, L.DEPARTMENT_HEAD):
            return [post for post in here if post.role == R.HEAD]
        if asked in HEADS:
            return [post for post in here if post.role == R.HEAD and post.organization.kind == HEADS[asked]]
        governing = [post for post in here if post.organization.kind in GOVERNING_KINDS]
        if asked in SECRETARIES:
            return [post for post in governing if post.role == R.PARTY_SECRETARY]
        return deputies(governing, self._fields(asked, hot_field))

    def unit_has_head(self) -> bool:
        return any(self._holders.get(post.pk) for post in self.posts(L.UNIT_HEAD, Where("")))

    def department(self) -> Organization | None:
        """The competent department of the first-named sector."""
        return next((post.organization for post in self.posts(L.DEPARTMENT_HEAD, Where(""))), None)

    def acting(self, holder: Appointment) -> User | None:
        """Who acts in the appointment now: its stand-in, else its holder; None while both are away."""
        return self._instead.get(holder.pk, holder.user)

    def people(self) -> set[int]:
        """Everybody who holds a post or acts in one here."""
        held = {row.user_id for rows in self._holders.values() for row in rows}
        return held | {user.pk for user in self._instead.values() if user}

    def political_legal(self, town: Place) -> Appointment | None:
        """The political-legal member of the town."""
        posts = [post for post in self._at(town.code) if post.organization.kind in GOVERNING_KINDS]
        return self.first([post for post in posts if is_political_legal(post)])[1]

    def duty(self, place: Place, *, of_county: bool) -> Post | None:
        """The duty post that phones leaders of the town; the county's where the town has none, or of the county."""
        for code in ([] if of_county else [place.code]) + [place.county_code]:
            post, holder = self.first([post for post in self._at(code) if post.role == R.DUTY])
            if holder is not None:
                return post
        return None

    def users_of(self, post: Post | None) -> list[int]:
        """Who acts in a post now; its holders themselves while their stand-ins are away as well."""
        rows = self._holders.get(post.pk, []) if post else []
        return list(dict.fromkeys((self.acting(row) or row.user).pk for row in rows))

    def county_office(self, place: Place) -> list[int]:
        """Everybody at the county centre's desk."""
        desk = [post for post in self._at(place.county_code) if post.role in (R.OFFICE, R.COORDINATOR)]
        return [user for post in desk for user in self.users_of(post)]

    @cached_property
    def _own(self) -> dict[int, frozenset[int]]:
        return own_keys_of((row.user_id for rows in self._holders.values() for row in rows), self._now)

    @cached_property
    def _instead(self) -> dict[int, User | None]:
        return acting_instead(self._now)

    def _fields(self, asked: LeaderPost, hot_field: str) -> list[str]:
        """The fields a deputy is looked for by, the most telling first."""
        own = [hot_field] if hot_field and asked != L.COUNTY_POLITICAL_LEGAL else []
        if asked != L.COUNTY_SECTOR_DEPUTY:
            return own
        of_sector = {field for post in self._in(Tier.DEPARTMENT, Where("")) for field in post.portfolio}
        return [field for field in own if field in of_sector] + sorted(of_sector.difference(own))

    def _in(self, tier: Tier, where: Where) -> list[Post]:
        if tier in (Tier.TOWN, Tier.COUNTY):
            return self._at(where.town if tier == Tier.TOWN else where.county)
        return [
            post
            for post in self._posts
            if (post.organization.kind == K.DEPARTMENT or tier == Tier.UNIT)
            and tier_of(post, self._matter.unit_id) == tier
        ]

    @cached_property
    def _by_place(self) -> dict[str, list[Post]]:
        found: dict[str, list[Post]] = {}
        for post in self._posts:
            found.setdefault(post.organization.place.code, []).append(post)
        return found

    def _at(self, code: str) -> list[Post]:
        return self._by_place.get(code, [])


def name_of(post: Post, unit_id: int | None) -> LeaderPost | None:
    """Which leader's post it is in a matter that concerns this unit or none. Needs its organization's place loaded."""
    tier = tier_of(post, unit_id)
    if post.organization.kind == K.GOVERNANCE_COMMITTEE:
        return L.TOWN_COMMITTEE if tier == Tier.TOWN else L.COUNTY_COMMITTEE
    who = {R.HEAD: "head", R.PARTY_SECRETARY: "secretary", R.DEPUTY: "deputy", R.POLITICAL_LEGAL: "deputy"}
    name = f"{tier}_{who.get(R(post.role))}"
    return L(name) if name in L.__members__.values() else None


def tier_of(post: Post, unit_id: int | None) -> Tier:
    organization = post.organization
    if organization.kind in LEADING_KINDS:
        return Tier.COUNTY if organization.place.kind == PlaceKind.COUNTY else Tier.TOWN
    return Tier.UNIT if organization.pk == unit_id else Tier.DEPARTMENT


def is_above(post: Post, other: Post, unit_id: int | None) -> bool:
    """Whether the holder of `post` is a principal of a deputy who holds `other` (§8): in the same town or department,
    or at the county."""
    name, below = name_of(post, unit_id), name_of(other, unit_id)
    if name is None or below not in DEPUTIES or name not in PRINCIPALS[below]:
        return False
    return name.tier == Tier.COUNTY or post.organization.place_id == other.organization.place_id


def deputies(posts: Iterable[Post], fields: Iterable[str]) -> list[Post]:
    """Deputies in charge of one of the fields, in the order of the fields; then the political-legal members."""
    able = [post for post in posts if post.role in (R.DEPUTY, R.POLITICAL_LEGAL)]
    in_charge = [post for field in fields for post in able if field in post.portfolio]
    political = [post for post in able if is_political_legal(post)]
    return list(dict.fromkeys([*in_charge, *political]))


def is_political_legal(post: Post) -> bool:
    return post.is_political_legal or post.role == R.POLITICAL_LEGAL


def _codes(places: Iterable[Where]) -> frozenset[str]:
    return frozenset(code for where in places for code in (where.county, where.town) if code)


@remembered(256)
def _held(codes: frozenset[str], matter: Matter) -> tuple[tuple[Post, ...], tuple[Appointment, ...]]:
    """The posts of any day, and who held, holds or will hold them and may log in, the default holder first."""
    posts: tuple[Post, ...] = tuple(_posts_of(codes, matter))
    by_id = {post.pk: post for post in posts}
    rows = Appointment.objects.filter(post__in=list(by_id), user__is_active=True).select_related("user")
    held = tuple(rows.order_by("-is_default", "pk"))
    for appointment in held:
        appointment.post = by_id[appointment.post_id]
    return posts, held


def _posts_of(codes: frozenset[str], matter: Matter) -> PostQuerySet:
    there = Q(organization__place__code__in=codes)
    wanted = there & Q(organization__kind__in=LEADING_KINDS, role__in=LEADING_ROLES)
    wanted |= there & Q(organization__kind=K.POLICE_STATION, role=R.HEAD)
    wanted |= there & Q(organization__kind=K.GOVERNANCE_CENTRE, role__in=DESK_ROLES)
    if matter.unit_id is not None:
        wanted |= Q(organization_id=matter.unit_id, role=R.HEAD)
    if matter.department is not None:
        wanted |= Q(organization_id=matter.department, role__in=(R.HEAD, R.DEPUTY))
    elif matter.sector:
        departments = Organization.objects.filter(
            kind=K.DEPARTMENT, sectors__code=matter.sector, place__code__in=[code[:6] for code in codes]
        )
        wanted |= Q(organization__in=departments, role__in=(R.HEAD, R.DEPUTY))
    return Post.objects.active().filter(wanted).select_related("organization__place").order_by("pk")
