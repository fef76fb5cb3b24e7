"""§5: in every town and every hot field somebody is responsible. Where nobody is, and which posts cannot be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from core.clock import shanghai_date
from jurisdictions.choices import HotField, OrganizationKind, PlaceKind, PostRole
from jurisdictions.models import Organization, Place, Post
from jurisdictions.querysets import PostQuerySet
from responsibility.selectors.leader_posts import LEADING_KINDS, LEADING_ROLES, deputies

K, R = OrganizationKind, PostRole
FIELDS = tuple(field for field in HotField if field is not HotField.OTHER)  # the nine §5 names
GOVERNING = (K.GOVERNMENT, K.PARTY_COMMITTEE)
# what a town or the county cannot do without: kind of organization, role
NEEDED = ((K.PARTY_COMMITTEE, R.PARTY_SECRETARY), (K.GOVERNMENT, R.HEAD), (K.GOVERNANCE_CENTRE, R.DUTY))


@dataclass(frozen=True)
class Cell:
    """Who is responsible for a field at a place. `fallback`: no deputy's portfolio holds it (or they are away)."""

    label: str
    post: Post | None = None
    person: User | None = None
    fallback: bool = False


@dataclass(frozen=True)
class Fault:
    """Something to put right: a post that is missing, empty or cannot be reached."""

    place: Place
    what: str
    words: str
    kind: str  # missing, vacant, unreachable
    organization: Organization | None = None
    post: Post | None = None
    person: User | None = None


@dataclass(frozen=True)
class PlaceRow:
    place: Place
    cells: list[Cell]
    organization: Organization | None  # where a deputy's portfolio is set

    @property
    def gaps(self) -> int:
        return sum(cell.person is None for cell in self.cells)


@dataclass(frozen=True)
class Coverage:
    fields: list[str]
    rows: list[PlaceRow]
    faults: list[Fault] = field(default_factory=list)

    @property
    def gaps(self) -> int:
        return sum(row.gaps for row in self.rows)

    @property
    def fallbacks(self) -> int:
        return sum(cell.fallback for row in self.rows for cell in row.cells)

    @property
    def empty(self) -> int:
        return sum(fault.kind != "unreachable" for fault in self.faults)

    @property
    def unreachable(self) -> int:
        return sum(fault.kind == "unreachable" for fault in self.faults)

    @property
    def to_fix(self) -> int:
        return self.gaps + len(self.faults)


def coverage(county_code: str, now: datetime) -> Coverage:
    """The whole county in four queries, however many towns it has; the county itself first."""
    today = shanghai_date(now)
    places = (
        Place.objects.within(county_code).valid_on(today).exclude(kind=PlaceKind.VILLAGE).order_by("code")
    )
    houses = _houses(county_code, today)
    posts = list(_posts(county_code, today))
    held: dict[int, list[User]] = {}
    current = Appointment.objects.current(today).filter(post__in=[post.pk for post in posts])
    for appointment in current.select_related("user").order_by("-is_default", "pk"):
        held.setdefault(appointment.post_id, []).append(appointment.user)
    rows, faults = [], []
    for place in places:
        here = [post for post in posts if post.organization.place_id == place.pk]
        rows.append(PlaceRow(place, _cells(here, held), houses.get((place.pk, K.GOVERNMENT))))
        faults += _missing(place, here, houses)
        faults += [fault for post in here for fault in _faults(place, post, held.get(post.pk, []))]
    return Coverage([str(hot.label) for hot in FIELDS], rows, faults)


def _cells(posts: Sequence[Post], held: dict[int, list[User]]) -> list[Cell]:
    governing = [post for post in posts if post.organization.kind in GOVERNING]
    return [_cell(hot, governing, held) for hot in FIELDS]


def _cell(hot: HotField, posts: Sequence[Post], held: dict[int, list[User]]) -> Cell:
    """As a dispute of that field would find its leader: who holds the portfolio, else the political-legal member."""
    for post in deputies(posts, [hot]):
        for person in held.get(post.pk, []):
            return Cell(str(hot.label), post, person, fallback=hot not in post.portfolio)
    return Cell(str(hot.label))


def _missing(place: Place, posts: Sequence[Post], houses: dict[tuple[int, str], Organization]) -> list[Fault]:
    have = {(post.organization.kind, post.role) for post in posts}
    found = [
        Fault(place, str(R(role).label), _("没有设置岗位"), "missing", houses.get((place.pk, kind)))
        for kind, role in NEEDED
        if (kind, role) not in have
    ]
    if not any(kind in GOVERNING and role in (R.DEPUTY, R.POLITICAL_LEGAL) for kind, role in have):
        house = houses.get((place.pk, K.GOVERNMENT))
        found.append(Fault(place, str(R.DEPUTY.label), _("没有设置岗位"), "missing", house))
    return found


def _faults(place: Place, post: Post, people: Sequence[User]) -> list[Fault]:
    if not people:
        return [Fault(place, str(post), _("岗位空缺"), "vacant", post.organization, post)]
    if any(person.phone or person.email for person in people):
        return []
    words = _("%s 没有手机和邮箱，通知到不了") % _("、").join(person.name for person in people)
    return [Fault(place, str(post), words, "unreachable", post.organization, post, people[0])]


def _posts(county_code: str, today: date) -> PostQuerySet:
    """Leaders, the duty desk and the centre's director; at the county the heads of departments too."""
    leading = Q(organization__kind__in=LEADING_KINDS, role__in=LEADING_ROLES)
    centre = Q(organization__kind=K.GOVERNANCE_CENTRE, role__in=(R.COORDINATOR, R.DUTY))
    police = Q(organization__kind=K.POLICE_STATION, role=R.HEAD)
    departments = Q(organization__kind=K.DEPARTMENT, role=R.HEAD, organization__place__kind=PlaceKind.COUNTY)
    in_force = Q(organization__valid_to=None) | Q(organization__valid_to__gte=today)
    rows = Post.objects.active().filter(leading | centre | police | departments, in_force)
    rows = rows.filter(organization__place__code__startswith=county_code)
    return rows.select_related("organization__place").order_by("organization__code", "pk")


def _houses(county_code: str, today: date) -> dict[tuple[int, str], Organization]:
    """Party committee, government and centre of each place: where a missing post is to be set up."""
    kinds = (*GOVERNING, K.GOVERNANCE_CENTRE)
    rows = Organization.objects.within(county_code).valid_on(today).filter(kind__in=kinds).order_by("-pk")
    return {(row.place_id, row.kind): row for row in rows}
