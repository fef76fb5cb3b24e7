"""A sweep costs a batch the same statements whatever the number of its rows."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from early_warning.choices import Outcome
from early_warning.models import Escalation
from early_warning.services.sweep import Report, sweep
from tests.early_warning.escalations.conftest import Warned

pytestmark = pytest.mark.django_db
HOURS = [
    pytest.param(13, "told_again", id="at half time every leader is told again"),
    pytest.param(25, "climbed", id="when the time is over every step climbs"),
]


def swept(warned: Warned, count: int, now: datetime, hours: int) -> tuple[Report, Counter[str]]:
    """One sweep of so many open steps and no other: what it reports, and its statements by their beginning."""
    Escalation.objects.filter(ended_at=None).update(outcome=Outcome.SUPERSEDED, ended_at=F("notified_at"))
    for _number in range(count):
        warned(3, at=now)
    with CaptureQueriesContext(connection) as sent:
        report = sweep(now + timedelta(hours=hours))
    return report, Counter(re.sub(r"[\d_]+", "", one["sql"])[:40] for one in sent)


@pytest.mark.parametrize(("hours", "counted"), HOURS)
def test_fifty_due_steps_cost_the_statements_of_five(
    hours: int, counted: str, warned: Warned, now: datetime
) -> None:
    swept(warned, 1, now, hours)  # what a process remembers is read once

    of_five, few = swept(warned, 5, now + timedelta(days=7), hours)
    of_fifty, many = swept(warned, 50, now + timedelta(days=14), hours)

    assert (getattr(of_five, counted), getattr(of_fifty, counted)) == (5, 50)
    assert many == few
