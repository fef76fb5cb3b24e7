"""改派: another person of the same unit answers for the case; the unit does not change."""

from __future__ import annotations

from datetime import datetime

import pytest

from accounts.models import Appointment
from core.errors import InvalidInput, NotPermitted
from disputes.models import TrailEntry
from jurisdictions.models import Post
from tests.disputes.conftest import Make
from tests.factories import accounts, disputes


@pytest.fixture
def colleague(handler: Appointment) -> Appointment:
    post = Post.objects.create(organization=handler.post.organization, role="handler", title="副所长")
    return accounts.appoint(accounts.a_user("t01.justice2"), post)


def test_change_person_hands_the_case_to_a_colleague(
    in_hand: Make, handler: Appointment, colleague: Appointment, now: datetime
) -> None:
    dispute = in_hand()
    changed = disputes.take("change_person", dispute, handler, now, person="t01.justice2")
    assert (changed.responsible_person, changed.lead_unit) == (colleague, dispute.lead_unit)
    assert changed.status == "in_progress"
    assert TrailEntry.objects.filter(dispute=dispute).latest("seq").step == "change_person"


def test_change_person_stays_within_the_unit(in_hand: Make, handler: Appointment, now: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        disputes.take("change_person", in_hand(), handler, now, person="t01.police")
    assert list(refused.value.errors) == ["person"]


def test_change_person_is_the_units_own_business(
    in_hand: Make, coordinator: Appointment, colleague: Appointment, now: datetime
) -> None:
    with pytest.raises(NotPermitted):
        disputes.take("change_person", in_hand(), coordinator, now, person="t01.justice2")
