from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from accounts.models import Appointment
from coordination.models import CoordinationDecision, CoordinationMeeting
from coordination.services import meetings
from coordination.services.meetings import MeetingFacts
from disputes.models import Dispute
from tests.disputes.conftest import in_hand, now, register
from tests.factories.accounts import actor

__all__ = ["in_hand", "now", "register"]  # meetings begin where disputes' own tests begin

Decide = Callable[..., CoordinationDecision]


@pytest.fixture
def meeting(coordinator: Appointment, now: datetime) -> CoordinationMeeting:
    """A meeting of the centre of t01, held today."""
    facts = MeetingFacts(held_on=now.date(), subject="三月疑难纠纷调度", chaired_by="张书记")
    return meetings.call_meeting(facts=facts, by=actor(coordinator), now=now)


@pytest.fixture
def decide(
    meeting: CoordinationMeeting, coordinator: Appointment, handler: Appointment, now: datetime
) -> Decide:
    """Puts the case on the agenda and decides that the handler measures the land by 9 March."""

    def make(dispute: Dispute, **given: Any) -> CoordinationDecision:
        by = actor(coordinator)
        meetings.add_cases(meeting_id=meeting.pk, numbers=[dispute.number], by=by, now=now)
        asked = {"person": handler.pk, "due_on": date(2026, 3, 9), "text": "三日内到现场丈量。"} | given
        return meetings.decide(meeting_id=meeting.pk, number=dispute.number, by=by, now=now, **asked)

    return make
