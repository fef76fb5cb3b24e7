"""What the pages of people show."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import ApiToken, Appointment, Delegation, User
from accounts.querysets import AppointmentQuerySet, DelegationQuerySet
from accounts.stand_ins import absences_open_to
from core.actor import Actor

STATES = ("active", "inactive", "unplaced")


def users(*, typed: str, state: str, day: date) -> QuerySet[User]:
    """Each with `held`, what he holds that day; `unplaced` are those who hold nothing."""
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


def tokens(user: User | None = None) -> QuerySet[ApiToken]:
    rows = ApiToken.objects.select_related(
        "appointment__user", "appointment__post__organization", "created_by"
    )
    return rows.filter(appointment__user=user) if user else rows


def delegations_open_to(by: Actor, now: datetime) -> DelegationQuerySet:
    """Now and to come, of those for whom `by` may enter one, and those in which he stands in himself."""
    rows: DelegationQuerySet = Delegation.objects.unfinished(now).with_people()
    return rows.filter(Q(appointment__in=absences_open_to(by, now)) | Q(stand_in_id=by.user_id)).order_by(
        "starts_at"
    )
