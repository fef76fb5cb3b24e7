from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Appointment
from disputes.models import Dispute
from tests.factories import disputes

MARCH = "约一百人扬言明日到县政府上访，并准备拉横幅堵住县政府大门。"
PLAN = "村民串联，约三十人准备下周到省里集体上访，反映征地补偿问题。"
Make = Callable[..., Dispute]


@pytest.fixture
def now(monday: datetime, reference_data: None) -> datetime:
    return monday


@pytest.fixture
def register(clerk: Appointment, now: datetime) -> Make:
    """Registers as the clerk of t01, each a minute after the one before."""
    made: list[Dispute] = []

    def make(by: Appointment = clerk, **facts: Any) -> Dispute:
        dispute = disputes.registered(by, now + timedelta(minutes=len(made)), **facts)
        made.append(dispute)
        return dispute

    return make


@pytest.fixture
def in_hand(register: Make, coordinator: Appointment, handler: Appointment, now: datetime) -> Make:
    """Registered, accepted, assigned to the justice office and signed for."""

    def make(**facts: Any) -> Dispute:
        dispute = register(**facts)
        disputes.take("accept", dispute, coordinator, now)
        disputes.take("assign", dispute, coordinator, now, lead_unit="t01.justice")
        return disputes.take("sign_for", dispute, handler, now)

    return make
