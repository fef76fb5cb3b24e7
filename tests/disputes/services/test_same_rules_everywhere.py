"""What assigning obeys stands at the other doors too: several at once, and what a meeting decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.keys import unit_key
from accounts.models import Appointment
from coordination.models import CoordinationMeeting
from coordination.services import meetings
from core.errors import DomainError, InvalidInput, NotPermitted
from disputes.models import AccessGrant, Dispute, TrailEntry
from disputes.services import access, bulk
from tests.factories.accounts import actor, stand_in
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
BARRED = "t01.v02"


@pytest.fixture
def meeting(coordinator: Appointment, monday: datetime) -> CoordinationMeeting:
    facts = meetings.MeetingFacts(monday.date(), "疑难纠纷调度")
    return meetings.call_meeting(facts=facts, by=actor(coordinator), now=monday)


@pytest.fixture
def complaint(
    clerk: Appointment, coordinator: Appointment, other_village: Appointment, monday: datetime
) -> Dispute:
    """Accepted, and about village two, which came out later: the town still manages it."""
    dispute = take("accept", registered(clerk, monday), coordinator, monday)
    dispute.conflict_marks.create(
        organization=other_village.post.organization, marked_by=coordinator.user, marked_at=monday
    )
    access.rebuild(dispute)
    dispute.save(update_fields=["barred_keys", "access_keys"])
    return dispute


Doors = dict[str, Callable[[Appointment], object]]


@pytest.fixture
def doors(
    complaint: Dispute, meeting: CoordinationMeeting, coordinator: Appointment, monday: datetime
) -> Doors:
    """Each door by which somebody gets the case to work on; whoever must keep out is refused at it."""
    by = actor(coordinator)

    def one_by_one(person: Appointment) -> None:
        unit, name = person.post.organization.code, person.user.username
        take("assign", complaint, coordinator, monday, lead_unit=unit, person=name)

    def at_once(person: Appointment) -> None:
        complaint.refresh_from_db()
        (row,) = bulk.assign(
            versions={complaint.number: complaint.version},
            lead_unit=person.post.organization.code,
            person=person.user.username,
            by=by,
            now=monday,
        )
        if not row.done:
            raise InvalidInput({"person": [row.message]})

    def in_a_meeting(person: Appointment) -> None:
        meetings.add_cases(meeting_id=meeting.pk, numbers=[complaint.number], by=by, now=monday)
        asked: dict[str, Any] = {"person": person.pk, "due_on": monday.date(), "text": "到场劝解"}
        meetings.decide(meeting_id=meeting.pk, number=complaint.number, **asked, by=by, now=monday)

    return {"assign": one_by_one, "bulk": at_once, "meeting": in_a_meeting}


DOORS = pytest.mark.parametrize("door", ["assign", "bulk", "meeting"])


@DOORS
def test_a_barred_unit_gets_it_by_no_door(doors: Doors, other_village: Appointment, door: str) -> None:
    with pytest.raises(InvalidInput):
        doors[door](other_village)


@DOORS
def test_who_stands_in_for_somebody_barred_gets_it_by_no_door(
    doors: Doors, village: Appointment, other_village: Appointment, monday: datetime, door: str
) -> None:
    day = timedelta(days=1)
    stand_in(other_village, village.user, starts_at=monday - day, ends_at=monday + day)
    with pytest.raises(InvalidInput):
        doors[door](village)


@DOORS
def test_somebody_free_gets_it_by_every_door(doors: Doors, village: Appointment, door: str) -> None:
    doors[door](village)


@DOORS
def test_a_restricted_case_is_opened_to_the_person_alone(
    doors: Doors, complaint: Dispute, village: Appointment, door: str
) -> None:
    Dispute.objects.filter(pk=complaint.pk).update(confidentiality="restricted")
    complaint.refresh_from_db()
    doors[door](village)
    complaint.refresh_from_db()
    assert unit_key(village.post.organization_id) not in complaint.access_keys
    assert Dispute.objects.visible_to(actor(village)).filter(pk=complaint.pk).exists()


@pytest.fixture
def given_back(outsider: Appointment, coordinator: Appointment, monday: datetime) -> Dispute:
    """Of the other town; the coordinator's centre had it once and sees it as it was."""
    dispute = registered(outsider, monday, place="t02.v01")
    key = unit_key(coordinator.post.organization_id)
    AccessGrant.objects.create(
        dispute=dispute, key=key, reason=access.Reason.LEAD, starts_at=monday, trail_until=monday
    )
    access.rebuild(dispute)
    dispute.save(update_fields=["access_keys"])
    return dispute


def test_what_was_given_back_is_neither_urged_nor_decided(
    given_back: Dispute, coordinator: Appointment, meeting: CoordinationMeeting, monday: datetime
) -> None:
    by, number = actor(coordinator), given_back.number
    (row,) = bulk.remind(numbers=[number], note="", by=by, now=monday)
    assert (row.done, "已不由贵单位办理" in row.message) == (False, True)
    assert not TrailEntry.objects.filter(dispute=given_back, step="reminded").exists()
    with pytest.raises(DomainError):
        meetings.add_cases(meeting_id=meeting.pk, numbers=[number], by=by, now=monday)
    meeting.cases.create(dispute=given_back, added_by=coordinator, added_at=monday)
    asked: dict[str, Any] = {"person": coordinator.pk, "due_on": monday.date(), "text": "到场劝解"}
    with pytest.raises(NotPermitted):
        meetings.decide(meeting_id=meeting.pk, number=number, **asked, by=by, now=monday)


def test_the_page_of_several_tells_no_present_state_of_it(
    given_back: Dispute, coordinator: Appointment, client_of: Callable[[Appointment], Client]
) -> None:
    Dispute.objects.filter(pk=given_back.pk).update(status="declined")
    for action in ("assign", "remind"):
        asked = {"action": action, "number": given_back.number}
        page = client_of(coordinator).post("/disputes/ledger/bulk/", asked).content.decode()
        assert "已不由贵单位办理" in page
        assert "不予受理" not in page
        assert "办结" not in page
