"""Raising a level writes the dispute's row once, whatever follows from it (ADR 49)."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from early_warning.services import levels
from tests.factories.accounts import actor
from tests.factories.disputes import registered
from tests.factories.warnings import a_warning


@pytest.mark.django_db
def test_raising_a_level_saves_the_dispute_once(
    clerk: Appointment, coordinator: Appointment, deputy: Appointment, mayor: Appointment, now: datetime
) -> None:
    dispute = registered(clerk, now)
    warning = a_warning(dispute, 3, now)
    with CaptureQueriesContext(connection) as asked:
        levels.raise_level(
            warning_id=warning.pk, level_to=2, reason="又有人到场", by=actor(coordinator), now=now
        )
    saved = [
        one["sql"] for one in asked.captured_queries if one["sql"].startswith('UPDATE "disputes_dispute"')
    ]
    assert len(saved) == 1
    dispute.refresh_from_db()
    assert dispute.warning_level == 2
