from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction

from accounts.models import Appointment
from core.actor import Actor
from disputes import public
from disputes.models import Dispute
from early_warning.models import DisputeWarning, Escalation
from early_warning.services import warnings
from tests.factories.disputes import registered

Warned = Callable[..., DisputeWarning]
SYSTEM = Actor.system("warning_readings")


@pytest.fixture
def now(monday: datetime, reference_data: None) -> datetime:
    return monday


@pytest.fixture
def warned(clerk: Appointment, now: datetime) -> Warned:
    """A registered quarrel for which the system proposed the level."""

    def make(
        level: int = 3, *, happening: bool = False, by: Actor = SYSTEM, at: datetime = now, **facts: Any
    ) -> DisputeWarning:
        dispute = registered(clerk, at, **facts)
        with transaction.atomic():
            (locked,) = public.lock_many([dispute.pk])
            return warnings.propose(locked, level=level, happening=happening, by=by, now=at)

    return make


def rows(warning: DisputeWarning) -> list[Escalation]:
    return list(
        Escalation.objects.filter(warning=warning, parallel=False)
        .select_related("post__organization", "addressee", "holder__user")
        .order_by("round", "town__code", "step")
    )


def told(warning: DisputeWarning) -> list[tuple[str, str]]:
    """(who was asked, outcome) along the chain."""
    return [(row.addressee.username if row.addressee else row.role, row.outcome) for row in rows(warning)]


def asked(warning: DisputeWarning) -> Escalation:
    """The open row of the chain."""
    return next(row for row in rows(warning) if row.is_open)


def vacate(appointment: Appointment) -> None:
    Appointment.objects.filter(pk=appointment.pk).update(ends_on=date(2021, 1, 1))


def fresh(dispute_id: int) -> Dispute:
    return Dispute.objects.get(pk=dispute_id)
