"""限制知悉 after registration: sight follows at once, at every door, and comes back when it is lifted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Appointment
from core.actor import Actor
from disputes.errors import NotPermitted, WrongState
from disputes.models import Dispute
from early_warning.models import Escalation
from safekeeping.services import verify
from tests.disputes.conftest import Make
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
WHY = "涉及未成年人"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARCH = "约一百人扬言明日到县政府上访，并准备拉横幅堵住县政府大门。"


@pytest.fixture
def sees(actor: Callable[[Appointment], Actor]) -> Callable[[Appointment, Dispute], bool]:
    return lambda by, dispute: bool(Dispute.objects.visible_to(actor(by)).filter(pk=dispute.pk).exists())


def test_sight_follows_at_once_and_comes_back(
    in_hand: Make,
    coordinator: Appointment,
    clerk: Appointment,
    handler: Appointment,
    secretary: Appointment,
    county_office: Appointment,
    sees: Any,
    now: datetime,
) -> None:
    dispute = in_hand()
    everybody = (coordinator, clerk, handler, secretary, county_office)
    assert all(sees(by, dispute) for by in everybody)
    take("restrict", dispute, coordinator, now + HOUR, reason=WHY)
    assert [sees(by, dispute) for by in everybody] == [True, True, True, False, False]
    dispute.refresh_from_db()
    assert dispute.is_restricted
    assert verify.verify_dispute(dispute.pk).faults == []
    take("lift_restriction", dispute, coordinator, now + DAY, reason="已查明不涉及")
    assert all(sees(by, dispute) for by in everybody)
    dispute.refresh_from_db()
    assert not dispute.is_restricted
    assert verify.verify_dispute(dispute.pk).faults == []


def test_it_is_as_if_registered_so(register: Make, coordinator: Appointment, now: datetime) -> None:
    from_the_start, later = register(restricted=True), register()
    take("restrict", later, coordinator, now + HOUR, reason=WHY)
    later.refresh_from_db()
    from_the_start.refresh_from_db()
    assert later.access_keys == from_the_start.access_keys


def test_what_was_merged_into_it_goes_with_it(
    register: Make, coordinator: Appointment, secretary: Appointment, sees: Any, now: datetime
) -> None:
    target, other = register(), register()
    take("merge", other, coordinator, now + HOUR, into=target.number)
    take("restrict", target, coordinator, now + HOUR, reason=WHY)
    assert not sees(secretary, other)
    other.refresh_from_db()
    assert other.is_restricted
    assert other.trail.latest("seq").step == "restrict"
    assert verify.verify_dispute(other.pk).faults == []
    take("lift_restriction", target, coordinator, now + HOUR, reason=WHY)
    assert sees(secretary, other)


def test_who_is_asked_by_a_warning_can_still_open_it(
    register: Make, coordinator: Appointment, sees: Any, now: datetime, people: dict[str, Appointment]
) -> None:
    dispute = register(narrative=MARCH, people_count=100)
    asked = Escalation.objects.filter(dispute=dispute, ended_at=None, addressee__isnull=False)
    assert asked.exists()
    take("restrict", dispute, coordinator, now + HOUR, reason=WHY)
    for row in asked:
        assert sees(people[row.addressee.username], dispute), row


def test_who_may_and_when(
    register: Make, clerk: Appointment, coordinator: Appointment, now: datetime
) -> None:
    dispute = register()
    with pytest.raises(WrongState):
        take("lift_restriction", dispute, coordinator, now, reason=WHY)
    take("restrict", dispute, clerk, now + HOUR, reason=WHY)
    with pytest.raises(WrongState):
        take("restrict", dispute, coordinator, now + HOUR, reason=WHY)
    with pytest.raises(NotPermitted):
        take("lift_restriction", dispute, clerk, now + HOUR, reason=WHY)
    take("lift_restriction", dispute, coordinator, now + HOUR, reason=WHY)
    with pytest.raises(NotPermitted):
        take("restrict", dispute, clerk, now + DAY, reason=WHY)
