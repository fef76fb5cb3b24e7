"""For whom somebody may enter a stand-in, and who may be one.

Upper apps register whom the open matters of a place concern, in `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.keys import unit_key
from accounts.models import Appointment, Delegation, User
from accounts.permissions import Permission
from accounts.persons import own_keys_of
from accounts.querysets import AppointmentQuerySet
from accounts.rights import may
from accounts.roles import GOVERNING_KINDS, OFFICERS, ROLES
from core.actor import Actor
from core.clock import shanghai_date
from core.registry import Registry
from jurisdictions.choices import OrganizationKind, PostRole
from jurisdictions.models import Place, Post

Concerns = Callable[
    [frozenset[int], Place], bool
]  # keys of a person and their units; an open matter of the place
PRIVATE_KINDS = (OrganizationKind.ENTERPRISE, OrganizationKind.VILLAGE_COMMITTEE)
concerned: Registry[Concerns] = Registry()
register = concerned.register  # who knows the parties of open matters; also usable as a decorator


def _roles_with(permission: Permission) -> list[str]:
    return [name for name, role in ROLES.items() if permission in role.permissions]


LEADING = _roles_with(Permission.LEAD)
STEERING = sorted({*LEADING, *_roles_with(Permission.DISPATCH)})  # leaders and those who dispatch
COORDINATING = _roles_with(Permission.COORDINATE)


def absences_open_to(by: Actor, now: datetime) -> AppointmentQuerySet:
    """The appointments for which `by` may enter a stand-in."""
    current = Appointment.objects.current(shanghai_date(now)).with_post().exclude(post__role__in=OFFICERS)
    if may(by, Permission.MANAGE_RIGHTS):
        return current
    own = Q(user_id=by.user_id)
    if by.acting is not None and by.post.role in COORDINATING:
        place_id = by.organization.place_id
        own |= Q(post__role__in=LEADING, post__organization__place_id=place_id)
    return current.filter(own)


def may_enter_for(by: Actor, appointment: Appointment) -> bool:
    """The leader in person, the coordinator of their place for them, the security administrator for anybody. Nobody
    stands in for one of the three officers."""
    if appointment.post.role in OFFICERS:
        return False
    if may(by, Permission.MANAGE_RIGHTS) or appointment.user_id == by.user_id:
        return True
    if by.acting is None or by.post.role not in COORDINATING:
        return False
    post = appointment.post
    return post.role in LEADING and post.organization.place_id == by.organization.place_id


RANKS = {PostRole.DEPUTY: 1, PostRole.POLITICAL_LEGAL: 1, PostRole.HEAD: 2, PostRole.PARTY_SECRETARY: 3}


def may_confirm(by: Actor, delegation: Delegation) -> bool:
    """The absent one themselves, a leader above them, the county office; never who entered it or stands in."""
    if by.user_id in (None, delegation.entered_by_id, delegation.stand_in_id):
        return False
    post = delegation.appointment.post
    if delegation.appointment.user_id == by.user_id:
        return True
    if by.acting is None or by.on_behalf_of is not None:
        return False
    here, theirs = by.organization.place.county_code, post.organization.place.county_code
    if here != theirs:
        return False
    return may(by, Permission.ACCEPT_REPORT) or _is_above(by.post, post)


def _is_above(leader: Post, post: Post) -> bool:
    """Of higher rank in the same unit or in the government of the same place, or a leader of town or county above."""
    rank, other = RANKS.get(PostRole(leader.role), 0), RANKS.get(PostRole(post.role), 0)
    if leader.organization_id == post.organization_id:
        return rank > other
    if leader.organization.kind not in GOVERNING_KINDS:
        return False
    place, theirs = leader.organization.place, post.organization.place
    if place.code == theirs.code:
        return rank > other
    return rank > 0 and place.code in (theirs.town_code, theirs.county_code)


def confirmers(delegation: Delegation, now: datetime) -> list[int]:
    """Users to whom the notice goes: the absent one, the next leaders above them, the county office."""
    absent = delegation.appointment
    place = absent.post.organization.place
    town = place.town_code or place.code
    near = Appointment.objects.current(shanghai_date(now)).with_post()
    leaders = near.filter(post__role__in=RANKS).filter(
        Q(post__organization=absent.post.organization)
        | Q(post__organization__kind__in=GOVERNING_KINDS, post__organization__place__code=town)
    )
    above = [row for row in leaders.order_by("pk") if _is_above(row.post, absent.post)]
    lowest = min((RANKS[PostRole(row.post.role)] for row in above), default=0)
    next_up = [row.user_id for row in above if RANKS[PostRole(row.post.role)] == lowest]
    users = [absent.user_id, *next_up, *county_office(place, now)]
    return [
        user
        for user in dict.fromkeys(users)
        if user not in (delegation.entered_by_id, delegation.stand_in_id)
    ]


def county_office(place: Place, now: datetime) -> list[int]:
    """Who sits at the desk of the county centre above the place."""
    held = Appointment.objects.current(shanghai_date(now)).filter(
        post__role__in=_roles_with(Permission.ACCEPT_REPORT),
        post__organization__kind=OrganizationKind.GOVERNANCE_CENTRE,
        post__organization__place__code=place.county_code,
    )
    return list(held.order_by("pk").values_list("user_id", flat=True))


def candidates(appointments: AppointmentQuerySet, now: datetime) -> AppointmentQuerySet:
    """The posts of those who could stand in for one of these appointments: of the same unit, or of leadership,
    government and centre of the same place. Who also holds a post in an enterprise or village stays in their unit."""
    units = appointments.values("post__organization_id")
    places = appointments.values("post__organization__place_id")
    held = Appointment.objects.current(shanghai_date(now)).with_post()
    private = held.filter(post__organization__kind__in=PRIVATE_KINDS).values("user_id")
    steering = Q(
        post__role__in=STEERING,
        post__organization__kind__in=GOVERNING_KINDS,
        post__organization__place_id__in=places,
    )
    officers = held.filter(post__role__in=OFFICERS).values("user_id")
    near = Q(post__organization_id__in=units) | (steering & ~Q(user_id__in=private))
    return held.filter(near).exclude(user_id__in=officers)


def refusal(stand_in: User, appointment: Appointment, now: datetime) -> str:
    """Why this person may not stand in there; empty when they may. Asked over all posts they hold."""
    absent = Appointment.objects.filter(pk=appointment.pk)
    near = candidates(absent, now).filter(user=stand_in)
    if stand_in.pk == appointment.user_id or not near.exists():
        return _(
            "代理人应是本单位的人，或同级党委、政府、综治中心的领导或主任；在企业、村（社区）任职的人不能代理。"
        )
    unit = appointment.post.organization
    keys = own_keys_of([stand_in.pk], now)[stand_in.pk] - {unit_key(unit.pk)}
    if any(concerns(keys, unit.place) for concerns in concerned):
        return _("%s本人或其任职的单位是本地未办结纠纷的当事方，不能代理，请另选。") % stand_in.name
    return ""
