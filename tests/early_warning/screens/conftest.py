"""A county with a warning of each kind, through the real services."""

from __future__ import annotations

from datetime import datetime

import pytest

from accounts.models import Appointment
from disputes.models import Dispute
from early_warning.models import Escalation
from early_warning.services import levels
from tests.factories.accounts import actor
from tests.factories.disputes import registered


@pytest.fixture
def warned(reference_data: None, clerk: Appointment, coordinator: Appointment, monday: datetime):
    """A dispute with a warning of that level, put up by the coordinator."""

    def put_up(level: int, *, happening: bool = False, **facts: object) -> Dispute:
        dispute = registered(clerk, monday, **facts)
        levels.propose_by_person(
            dispute_id=dispute.pk,
            level_to=level,
            reason="村民已经聚集。",
            happening=happening,
            by=actor(coordinator),
            now=monday,
        )
        return dispute

    return put_up


@pytest.fixture
def asked():
    """The chain's open row of a dispute."""

    def row(dispute: Dispute) -> Escalation:
        return Escalation.objects.get(dispute=dispute, ended_at=None, town__isnull=False, parallel=False)

    return row
