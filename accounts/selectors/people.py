"""What the pages of people show."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import F, Prefetch, Q, QuerySet

from accounts.models import ApiToken, Appointment, Delegation, User
from accounts.querysets import AppointmentQuerySet, DelegationQuerySet
from accounts.stand_ins import absences_open_to, may_confirm
from core.actor import Actor

BREAK = timedelta(days=1)
MOST_JOINED = 60
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


def tokens(user: User | None = None) -> QuerySet[ApiToken]:
    rows = ApiToken.objects.select_related(
        "appointment__user", "appointment__post__organization", "created_by"
    )
    return rows.filter(appointment__user=user) if user else rows


def delegations_open_to(by: Actor, now: datetime) -> DelegationQuerySet:
    """Now and to come, of those for whom `by` may enter one, those in which they stand in, those they may confirm."""
    rows: DelegationQuerySet = Delegation.objects.unfinished(now).with_people()
    asked = [row.pk for row in unconfirmed(now) if may_confirm(by, row)]
    mine = Q(appointment__in=absences_open_to(by, now)) | Q(stand_in_id=by.user_id) | Q(pk__in=asked)
    return rows.filter(mine).order_by("starts_at")


def unconfirmed(now: datetime) -> DelegationQuerySet:
    """Entered by somebody else than the absent one, and not confirmed yet: they give no powers."""
    rows: DelegationQuerySet = Delegation.objects.unfinished(now).with_people()
    return rows.filter(confirmed_at=None).exclude(entered_by=F("appointment__user"))


def stretch_of(delegation: Delegation) -> timedelta:
    """How long somebody stands in for the appointment without a break of a day, this period included."""
    others = Delegation.objects.filter(appointment=delegation.appointment_id, ended_early_at=None)
    starts, ends = delegation.starts_at, delegation.ends_at
    before = others.filter(starts_at__lt=starts).order_by("-starts_at")
    for row in before[:MOST_JOINED]:
        if row.ends_at + BREAK < starts:
            break
        starts = row.starts_at
    for row in others.filter(starts_at__gte=ends).order_by("starts_at")[:MOST_JOINED]:
        if row.starts_at > ends + BREAK:
            break
        ends = row.ends_at
    return ends - starts
