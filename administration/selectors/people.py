"""What the pages of people show."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import Appointment, User
from accounts.querysets import AppointmentQuerySet

STATES = ("active", "inactive", "unplaced")


def users(*, typed: str, state: str, day: date) -> QuerySet[User]:
    """Each with `held`, what they hold that day; `unplaced` are those who hold nothing."""
    held = Appointment.objects.exclude(ends_on__lte=day).with_post().order_by("pk")
    found = User.objects.prefetch_related(Prefetch("appointments", held, to_attr="held")).order_by("username")
    if typed:
        named = Q(username__icontains=typed) | Q(name__icontains=typed)
        units = Appointment.objects.exclude(ends_on__lte=day).filter(
            post__organization__name__icontains=typed
        )
        found = found.filter(named | Q(pk__in=units.values("user_id")))
    if state == "inactive":
        return found.filter(is_active=False)
    found = found.filter(is_active=True)
    if state == "unplaced":
        placed = Appointment.objects.exclude(ends_on__lte=day).values("user_id")
        found = found.exclude(pk__in=placed)
    return found


def appointments_of(user: User) -> AppointmentQuerySet:
    """All of them, the present ones first."""
    rows: AppointmentQuerySet = Appointment.objects.filter(user=user).with_post()
    return rows.order_by("-ends_on", "pk")


def colleagues_of(appointment: Appointment, day: date) -> AppointmentQuerySet:
    """Who could take over: the others in office in the same unit."""
    rows: AppointmentQuerySet = Appointment.objects.current(day).with_post()
    return rows.filter(post__organization_id=appointment.post.organization_id).exclude(pk=appointment.pk)
