"""What is done by itself goes through the runner of the steps: apps above hear of it in the same way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from accounts.models import Appointment
from calendars.services.sweep import sweep
from disputes import events
from disputes.models import Dispute
from disputes.rules.intake import SpotSettlement
from disputes.services import following
from notifications.models import Notice
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
CHAIN = ["accept", "assign", "sign_for", "submit_result", "settle_on_spot"]


@pytest.fixture
def heard() -> Iterator[list[events.StepTaken]]:
    found: list[events.StepTaken] = []

    def hear(sender: object, event: events.StepTaken, **_kwargs: object) -> None:
        found.append(event)

    events.step_taken.connect(hear)
    yield found
    events.step_taken.disconnect(hear)


def test_what_is_settled_on_the_spot_is_heard_once_with_its_last_entry(
    clerk: Appointment, monday: datetime, heard: list[events.StepTaken]
) -> None:
    dispute = registered(clerk, monday, settle_on_spot=SpotSettlement(agreed=True, way="oral"))
    event = heard[0]
    assert [one.step for one in heard] == ["settle_on_spot"]
    assert (event.status_from, event.status_to) == ("result_submitted", "settled")
    trail = list(dispute.trail.order_by("seq").filter(step__in=CHAIN).values_list("seq", "step"))
    assert [step for _seq, step in trail] == CHAIN
    assert event.entry_seq == trail[-1][0]
    assert event.data == {"way": "oral", "single_post": True}


def test_what_was_just_registered_has_one_version_however_it_begins(
    clerk: Appointment, monday: datetime
) -> None:
    settled = registered(clerk, monday, settle_on_spot=SpotSettlement(agreed=True, way="written"))
    assert settled.version == registered(clerk, monday).version
    settled.refresh_from_db()
    assert (settled.status, settled.next_due_at) == ("settled", None)


def test_a_request_nobody_answers_is_heard_like_a_step(
    accepted: Dispute, coordinator: Appointment, monday: datetime, heard: list[events.StepTaken]
) -> None:
    take("report_up", accepted, coordinator, monday, reason="超出职权")
    before = Dispute.objects.get(pk=accepted.pk).version
    sweep(monday + timedelta(days=2))
    assert [one.step for one in heard] == ["report_up", "told_again"]
    event = heard[-1]
    assert (event.status_from, event.status_to, event.data) == ("accepted", "accepted", {"times": 2})
    assert event.by.is_system
    assert event.entry_seq == accepted.trail.get(step="told_again").seq
    assert Dispute.objects.get(pk=accepted.pk).version == before + 1


def test_what_happens_by_itself_tells_no_follower_of_a_step(
    accepted: Dispute, coordinator: Appointment, clerk: Appointment, monday: datetime
) -> None:
    following.follow(number=accepted.number, by=actor(clerk), now=monday)
    take("report_up", accepted, coordinator, monday, reason="超出职权")
    sweep(monday + timedelta(days=2))
    kinds = set(Notice.objects.filter(subject_id=accepted.pk).values_list("kind", flat=True))
    assert "silence.report_up" in kinds
    assert kinds.isdisjoint({"step.told_again", "followed.told_again"})
