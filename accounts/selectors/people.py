"""Tokens and stand-ins, as pages show them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from accounts.models import ApiToken, Delegation, User
from accounts.querysets import DelegationQuerySet
from accounts.stand_ins import absences_open_to, may_confirm
from core.actor import Actor

BREAK = timedelta(days=1)
MOST_JOINED = 60


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
