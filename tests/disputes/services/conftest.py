"""A dispute at each station of its way, through the real services."""

from datetime import datetime, timedelta

import pytest

from accounts.models import Appointment
from disputes.models import Dispute
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(reference_data: None) -> None:
    """Every test here needs limits and categories."""


@pytest.fixture
def new(clerk: Appointment, monday: datetime) -> Dispute:
    return registered(clerk, monday)


@pytest.fixture
def accepted(new: Dispute, coordinator: Appointment, monday: datetime) -> Dispute:
    return take("accept", new, coordinator, monday)


@pytest.fixture
def assigned(accepted: Dispute, coordinator: Appointment, monday: datetime) -> Dispute:
    return take("assign", accepted, coordinator, monday, lead_unit="t01.v01")


@pytest.fixture
def in_progress(assigned: Dispute, village: Appointment, monday: datetime) -> Dispute:
    return take("sign_for", assigned, village, monday + timedelta(hours=2))


@pytest.fixture
def submitted(in_progress: Dispute, village: Appointment, monday: datetime) -> Dispute:
    return take(
        "submit_result",
        in_progress,
        village,
        monday + timedelta(days=5),
        outcome="oral_agreement",
        account="双方同意恢复原沟。",
    )


@pytest.fixture
def settled(submitted: Dispute, coordinator: Appointment, monday: datetime) -> Dispute:
    return take("approve_result", submitted, coordinator, monday + timedelta(days=6), outcome="settled")


@pytest.fixture
def at_county(
    accepted: Dispute, coordinator: Appointment, county_office: Appointment, monday: datetime
) -> Dispute:
    take("report_up", accepted, coordinator, monday, reason="需要县人社局处理")
    return take("accept_report", accepted, county_office, monday + timedelta(hours=3))
