"""A dispute of the county's, and one that came to the wrong window, at each station of its way."""

from datetime import datetime, timedelta

import pytest

from accounts.models import Appointment
from disputes.models import Dispute
from tests.factories.disputes import registered, take


@pytest.fixture(autouse=True)
def _rules(reference_data: None) -> None:
    """Every test here needs limits and categories."""


@pytest.fixture
def of_county(county_office: Appointment, monday: datetime) -> Dispute:
    """Registered at the county's window; it happened in a village of t01."""
    return registered(county_office, monday)


@pytest.fixture
def handed(of_county: Dispute, county_office: Appointment, monday: datetime) -> Dispute:
    return take(
        "hand_down", of_county, county_office, monday, town="t01", instruction="请查清沟渠改道的经过。"
    )


@pytest.fixture
def in_hand(handed: Dispute, coordinator: Appointment, village: Appointment, monday: datetime) -> Dispute:
    take("accept", handed, coordinator, monday + timedelta(hours=1))
    take("assign", handed, coordinator, monday + timedelta(hours=2), lead_unit="t01.v01")
    return take("sign_for", handed, village, monday + timedelta(hours=3))


@pytest.fixture
def reported(in_hand: Dispute, coordinator: Appointment, village: Appointment, monday: datetime) -> Dispute:
    """The village has handed in its result, the town has approved it; now the county is asked."""
    hand_in(in_hand, village, monday + timedelta(days=5))
    return take(
        "approve_result", in_hand, coordinator, monday + timedelta(days=6), outcome="settled", note="属实"
    )


@pytest.fixture
def wrong_window(clerk: Appointment, monday: datetime) -> Dispute:
    """A villager of t02 came to t01 and was registered there."""
    return registered(clerk, monday, place="t02.v01", towns=("t02",))


@pytest.fixture
def passed(wrong_window: Dispute, coordinator: Appointment, monday: datetime) -> Dispute:
    return take("pass_to", wrong_window, coordinator, monday + timedelta(hours=1), town="t02")


def hand_in(dispute: Dispute, village: Appointment, now: datetime) -> Dispute:
    return take(
        "submit_result", dispute, village, now, outcome="oral_agreement", account="双方同意恢复原沟。"
    )
