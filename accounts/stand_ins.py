"""For whom somebody may enter a stand-in, and who may be one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from accounts.models import Appointment, User
from accounts.permissions import Permission
from accounts.policies import may
from accounts.querysets import AppointmentQuerySet
from accounts.roles import ROLES
from core.actor import Actor
from core.clock import shanghai_date


def _roles_with(permission: Permission) -> list[str]:
    return [name for name, role in ROLES.items() if permission in role.permissions]


LEADING = _roles_with(Permission.LEAD)
STEERING = sorted({*LEADING, *_roles_with(Permission.DISPATCH)})  # leaders and those who dispatch
COORDINATING = _roles_with(Permission.COORDINATE)


def absences_open_to(by: Actor, now: datetime) -> AppointmentQuerySet:
    """The appointments for which `by` may enter a stand-in."""
    current = Appointment.objects.current(shanghai_date(now)).with_post()
    if may(by, Permission.MANAGE_PEOPLE):
        return current
    own = Q(user_id=by.user_id)
    if by.acting is not None and by.post.role in COORDINATING:
        place_id = by.organization.place_id
        own |= Q(post__role__in=LEADING, post__organization__place_id=place_id)
    return current.filter(own)


def may_enter_for(by: Actor, appointment: Appointment) -> bool:
    """The leader himself, the coordinator of his place for him, an administrator for anybody."""
    if may(by, Permission.MANAGE_PEOPLE) or appointment.user_id == by.user_id:
        return True
    if by.acting is None or by.post.role not in COORDINATING:
        return False
    post = appointment.post
    return post.role in LEADING and post.organization.place_id == by.organization.place_id


def candidates(appointments: AppointmentQuerySet, now: datetime) -> AppointmentQuerySet:
    """The posts of those who could stand in for one of these appointments."""
    units = appointments.values("post__organization_id")
    places = appointments.values("post__organization__place_id")
    near = Q(post__organization_id__in=units) | Q(
        post__role__in=STEERING, post__organization__place_id__in=places
    )
    current: AppointmentQuerySet = Appointment.objects.current(shanghai_date(now)).with_post().filter(near)
    return current


def may_stand_in(stand_in: User, appointment: Appointment, now: datetime) -> bool:
    """Somebody of the same unit, or a leader or coordinator of the same place; never the absent himself."""
    if stand_in.pk == appointment.user_id:
        return False
    absent = Appointment.objects.filter(pk=appointment.pk)
    return candidates(absent, now).filter(user=stand_in).exists()
