"""Warnings for the measurements: many past escalations of one leader, and many that are due at once."""

from datetime import datetime, timedelta

from django.db import connection

from accounts.models import Appointment
from disputes.models import Dispute
from early_warning.models import DisputeWarning, Escalation
from jurisdictions.choices import PostRole

PAST, STILL_OPEN, DUE = 100_000, 12, 10_000
BATCH = 5_000
ROUNDS_EACH = 100  # a past warning with that many rounds: what counts is the number of rows


def fill(now: datetime) -> None:
    """Once for each database: the mayor's past and open rows, and rungs that are due a minute from now on."""
    if Escalation.objects.exists():
        return
    mayors = {row.post.organization.place_id: row for row in _holders(PostRole.HEAD)}
    deputies = {row.post.organization.place_id: row for row in _holders(PostRole.DEPUTY)}
    mayor = next(row for row in mayors.values() if row.user.username == "t01.mayor")
    town = mayor.post.organization.place_id
    own = list(Dispute.objects.filter(town_id=town).order_by("pk")[: PAST // ROUNDS_EACH + STILL_OPEN])
    past, still = own[STILL_OPEN:], own[:STILL_OPEN]
    _past(past, mayor, now)
    Escalation.objects.bulk_create(
        [_open(w, mayor, now, now + timedelta(hours=9)) for w in _warnings(still, now)]
    )
    free = Dispute.objects.exclude(pk__in=[dispute.pk for dispute in own]).order_by("pk")
    due = list(free.exclude(town=None)[:DUE])
    late = now + timedelta(minutes=1)
    rows = [
        _open(w, deputies[w.dispute.town_id or 0], now - timedelta(hours=24), late)
        for w in _warnings(due, now)
    ]
    Escalation.objects.bulk_create(rows, batch_size=BATCH)
    with connection.cursor() as cursor:  # as the generator does: the planner knows the tables
        cursor.execute("ANALYZE early_warning_escalation, early_warning_disputewarning, disputes_dispute")


def _holders(role: str) -> list[Appointment]:
    """Of the towns' governments."""
    rows = Appointment.objects.with_post().filter(post__role=role, post__organization__kind="government")
    return list(rows.filter(post__organization__place__kind="town"))


def _warnings(disputes: list[Dispute], now: datetime) -> list[DisputeWarning]:
    rows = [
        DisputeWarning(dispute=dispute, level=3, proposed_level=3, opened_at=now - timedelta(hours=24))
        for dispute in disputes
    ]
    Dispute.objects.filter(pk__in=[dispute.pk for dispute in disputes]).update(warning_level=3)
    return DisputeWarning.objects.bulk_create(rows, batch_size=BATCH)


def _open(warning: DisputeWarning, holder: Appointment, told: datetime, due: datetime) -> Escalation:
    return Escalation(
        warning=warning,
        dispute=warning.dispute,
        round=1,
        level=3,
        town_id=holder.post.organization.place_id,
        step=1,
        basis="§7",
        post=holder.post,
        organization=holder.post.organization,
        role=holder.post.role,
        holder=holder,
        addressee=holder.user,
        notified_at=told,
        due_at=due,
    )


def _past(disputes: list[Dispute], mayor: Appointment, now: datetime) -> None:
    lifted = now - timedelta(days=30)
    warnings = DisputeWarning.objects.bulk_create(
        [
            DisputeWarning(
                dispute=dispute,
                level=2,
                proposed_level=2,
                state="lifted",
                opened_at=lifted - timedelta(days=300),
                lifted_at=lifted,
                round=ROUNDS_EACH,
            )
            for dispute in disputes
        ]
    )
    rows = []
    for warning in warnings:
        for number in range(1, ROUNDS_EACH + 1):
            row = _open(warning, mayor, lifted - timedelta(days=number), lifted)
            row.round, row.level = number, 2
            row.outcome, row.ended_at = "risk_removed", lifted
            row.acknowledged_at, row.acknowledged_by = row.notified_at, mayor.user
            row.checked_at, row.check_passed, row.checked_by = lifted, True, mayor
            rows.append(row)
    Escalation.objects.bulk_create(rows, batch_size=BATCH)
