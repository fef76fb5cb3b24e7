"""Two disputes about one matter: `other` ends, `target` goes on."""

from datetime import datetime

import pytest

from accounts.models import Appointment
from disputes.models import Dispute
from tests.factories.disputes import registered, take


@pytest.fixture(autouse=True)
def _rules(reference_data: None) -> None:
    """Every test here needs limits and categories."""


@pytest.fixture
def target(clerk: Appointment, coordinator: Appointment, monday: datetime) -> Dispute:
    return take("accept", registered(clerk, monday), coordinator, monday)


@pytest.fixture
def in_village(target: Dispute, coordinator: Appointment, village: Appointment, monday: datetime) -> Dispute:
    """The target in the hands of a village."""
    take("assign", target, coordinator, monday, lead_unit="t01.v01")
    return take("sign_for", target, village, monday)
