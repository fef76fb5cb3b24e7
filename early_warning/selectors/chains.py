"""The chains of §7 with who sits on each rung today: three queries, whatever the number of towns and levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from accounts.models import Appointment, User
from accounts.persons import acting_instead
from core.clock import shanghai_date
from early_warning.rules import chains as rules
from early_warning.rules.chains import Rung
from early_warning.selectors.chairs import deputies, is_political_legal
from jurisdictions.choices import OrganizationKind, PlaceKind, PostRole
from jurisdictions.models import Place, Post

K, R = OrganizationKind, PostRole
LEADERS = (R.PARTY_SECRETARY, R.HEAD, R.DEPUTY, R.POLITICAL_LEGAL)
CENTRE = (R.DUTY, R.COORDINATOR, R.OFFICE)
POLICE_HEAD = "police_head"
ROLES: dict[str, str] = {
    rules.DEPUTY: R.DEPUTY,
    rules.HEAD: R.HEAD,
    rules.SECRETARY: R.PARTY_SECRETARY,
    rules.COUNTY_DEPUTY: R.DEPUTY,
    rules.COUNTY_SECRETARY: R.PARTY_SECRETARY,
    POLICE_HEAD: R.HEAD,
}
COUNTY_SEATS = frozenset({rules.COUNTY_DEPUTY, rules.COUNTY_SECRETARY})


@dataclass(frozen=True)
class ChainPost:
    """One rung as it is filled today. Without such a post, or without a holder, it is vacant."""

    seat: str
    basis: str
    role: str
    post: Post | None = None
    holder: Appointment | None = None

    @property
    def organization(self) -> object | None:
        return self.post.organization if self.post else None


class Seats:
    """Who sits where in some towns and their county, and who stands in for whom."""

    def __init__(self, towns: Iterable[Place], now: datetime) -> None:
        codes = {town.code for town in towns} | {town.county_code for town in towns}
        today = shanghai_date(now)
        self._by_place: dict[str, list[Post]] = {}
        for post in _posts(codes, today):
            self._by_place.setdefault(post.organization.place.code, []).append(post)
        self._holders = _holders([post.pk for posts in self._by_place.values() for post in posts], today)
        self._instead = acting_instead(now)

    def chain(self, town: Place, level: int, hot_field: str) -> tuple[ChainPost, ...]:
        """The rungs of a level in their order. A place that is the county itself has the county's alone."""
        rungs = rules.CHAINS[level]
        if town.kind == PlaceKind.COUNTY:
            rungs = tuple(rung for rung in rungs if rung.seat in COUNTY_SEATS)
        return tuple(self._filled(rung, town, hot_field) for rung in rungs)

    def at_once(self, town: Place) -> tuple[ChainPost, ...]:
        """Told together with the first rung when the event is already happening (§10)."""
        rungs = (Rung(seat, rules.SETTING) for seat in rules.AT_ONCE_WHEN_HAPPENING)
        return tuple(self._filled(rung, town, "") for rung in rungs)

    def in_danger(self, town: Place, hot_field: str) -> tuple[ChainPost, ...]:
        """Told of danger to life in a town; a place that is the county itself has the county's leaders."""
        county = town.kind == PlaceKind.COUNTY
        seats = rules.WHEN_DANGEROUS_AT_COUNTY if county else rules.WHEN_DANGEROUS
        return tuple(self._filled(Rung(seat, rules.SETTING), town, hot_field) for seat in seats)

    def acting(self, holder: Appointment) -> User | None:
        """Who acts in the appointment now: its stand-in, else its holder; None while both are away."""
        return self._instead.get(holder.pk, holder.user)

    def people(self) -> set[int]:
        """Everybody who sits or acts here."""
        held = {row.user_id for rows in self._holders.values() for row in rows}
        return held | {user.pk for user in self._instead.values() if user}

    def political_legal(self, town: Place) -> Appointment | None:
        """The political-legal member of the town."""
        posts = [post for post in self._by_place.get(town.code, []) if is_political_legal(post)]
        return self._first(posts)[1]

    def duty(self, place: Place, *, of_county: bool) -> Post | None:
        """The duty post that phones leaders of the town; the county's where the town has none, or of the county."""
        for code in ([] if of_county else [place.code]) + [place.county_code]:
            posts = [post for post in self._by_place.get(code, []) if post.role == R.DUTY]
            post, holder = self._first(posts)
            if holder is not None:
                return post
        return None

    def users_of(self, post: Post | None) -> list[int]:
        """Who acts in a post now; its holders themselves while their stand-ins are away as well."""
        rows = self._holders.get(post.pk, []) if post else []
        return list(dict.fromkeys((self.acting(row) or row.user).pk for row in rows))

    def county_office(self, place: Place) -> list[int]:
        """Everybody at the county centre's desk."""
        posts = self._by_place.get(place.county_code, [])
        return [
            user for post in posts if post.role in (R.OFFICE, R.COORDINATOR) for user in self.users_of(post)
        ]

    def _filled(self, rung: Rung, town: Place, hot_field: str) -> ChainPost:
        post, holder = self._first(self._candidates(rung.seat, town, hot_field))
        return ChainPost(rung.seat, rung.basis, ROLES[rung.seat], post, holder)

    def _candidates(self, seat: str, town: Place, hot_field: str) -> list[Post]:
        code = town.county_code if seat in COUNTY_SEATS else town.code
        here = self._by_place.get(code, [])
        if seat == POLICE_HEAD:
            return [post for post in here if post.organization.kind == K.POLICE_STATION]
        governing = [post for post in here if post.organization.kind in (K.GOVERNMENT, K.PARTY_COMMITTEE)]
        if seat == rules.HEAD:
            return [p for p in governing if p.role == R.HEAD and p.organization.kind == K.GOVERNMENT]
        if seat in (rules.SECRETARY, rules.COUNTY_SECRETARY):
            return [post for post in governing if post.role == R.PARTY_SECRETARY]
        if seat == rules.COUNTY_DEPUTY:  # for political and legal affairs, whatever the field
            return sorted(deputies(governing, ()), key=lambda post: post.pk)
        return deputies(governing, [hot_field] if hot_field else [])

    def _first(self, posts: Sequence[Post]) -> tuple[Post | None, Appointment | None]:
        """The first of the posts that somebody holds, else the first, empty."""
        for post in posts:
            if self._holders.get(post.pk):
                return post, self._holders[post.pk][0]
        return (posts[0] if posts else None), None


def chain_for(town: Place, level: int, hot_field: str, now: datetime) -> tuple[ChainPost, ...]:
    return Seats([town], now).chain(town, level, hot_field)


def chains_for(
    towns: Sequence[Place], hot_field: str, now: datetime
) -> dict[str, dict[int, tuple[ChainPost, ...]]]:
    """Town code → level → rungs."""
    seats = Seats(towns, now)
    return {
        town.code: {level: seats.chain(town, level, hot_field) for level in sorted(rules.CHAINS)}
        for town in towns
    }


def _posts(codes: set[str], today: date) -> Iterable[Post]:
    leaders = Q(organization__kind__in=(K.GOVERNMENT, K.PARTY_COMMITTEE), role__in=LEADERS)
    police = Q(organization__kind=K.POLICE_STATION, role=R.HEAD)
    centre = Q(organization__kind=K.GOVERNANCE_CENTRE, role__in=CENTRE)
    in_force = Q(organization__valid_to=None) | Q(organization__valid_to__gte=today)
    posts = Post.objects.active().filter(
        leaders | police | centre, in_force, organization__place__code__in=codes
    )
    rows: Iterable[Post] = posts.select_related("organization__place").order_by("pk")
    return rows


def _holders(posts: list[int], today: date) -> dict[int, list[Appointment]]:
    found: dict[int, list[Appointment]] = {}
    rows = (
        Appointment.objects.current(today)
        .filter(post__in=posts)
        .select_related("user", "post__organization__place")
    )
    for row in rows.order_by("-is_default", "pk"):
        found.setdefault(row.post_id, []).append(row)
    return found
