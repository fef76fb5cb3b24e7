"""Whom somebody told of a danger goes on with the case the danger goes on in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from accounts.models import Appointment
from disputes.api import representation
from disputes.models import Dispute
from disputes.presenters import entries
from disputes.services import danger
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_whom_somebody_told_goes_over_where_nobody_was_named(
    target: Dispute, clerk: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    at = monday - HOUR
    merged = registered(clerk, monday, danger=True, danger_told="派出所王警官", danger_told_at=at)
    take("merge", merged, coordinator, monday, into=target.number)
    target.refresh_from_db()
    assert (target.danger, target.danger_told, target.danger_told_at) == (True, "派出所王警官", at)
    assert not danger.may_say_whom(actor(coordinator), target)  # nobody is asked once more
    assert representation.full(target, actor(coordinator))["danger_told"] == "派出所王警官"
    (entry,) = entries(list(target.trail.filter(step="merged_in").prefetch_related("texts")))
    assert "派出所王警官（2026-03-02 08:00）" in entry.text


def test_danger_known_here_without_a_name_takes_the_name_over(
    target: Dispute, clerk: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    Dispute.objects.filter(pk=target.pk).update(danger=True)  # as rows of earlier days are
    merged = registered(clerk, monday, danger=True, danger_told="值班刘镇长", danger_told_at=monday)
    take("merge", merged, coordinator, monday + HOUR, into=target.number)
    target.refresh_from_db()
    assert (target.danger_told, target.danger_told_at) == ("值班刘镇长", monday)


def test_whom_somebody_told_here_stays(
    target: Dispute, clerk: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    danger.mark(dispute_id=target.pk, told="110", by=actor(coordinator), now=monday)
    merged = registered(clerk, monday, danger=True, danger_told="派出所王警官", danger_told_at=monday - HOUR)
    take("merge", merged, coordinator, monday + HOUR, into=target.number)
    target.refresh_from_db()
    assert (target.danger_told, target.danger_told_at) == ("110", monday)
    (entry,) = target.trail.filter(step="merged_in")
    assert "danger_told" not in entry.payload
