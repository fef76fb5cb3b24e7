"""拟办意见 of who dispatches and 批示 of a leader: kept, shown, told, and nobody's who has no word in the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import Appointment
from core.errors import NotFound, NotPermitted
from disputes.models import Dispute
from disputes.rules.intake import PartyFacts
from disputes.services import bulk
from notifications.models import Notice
from safekeeping.services import erasure, verify
from tests.disputes.conftest import Make
from tests.factories.accounts import actor
from tests.factories.disputes import QUARREL, take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
ASKED = "请三日内与双方见面，先劝住再丈量。"
ORDER = "请司法所今天就去，明天报我。"


def told(dispute: Dispute, user_id: int) -> list[str]:
    rows = Notice.objects.filter(url=f"/disputes/{dispute.number}/", recipient_id=user_id).order_by("pk")
    return [f"{row.title}\n{row.body}" for row in rows]


@pytest.fixture
def assigned(register: Make, coordinator: Appointment, now: datetime) -> Dispute:
    dispute = register()
    take("accept", dispute, coordinator, now)
    return take("assign", dispute, coordinator, now, lead_unit="t01.justice", instruction=ASKED)


def test_what_the_dispatcher_asks_is_kept_with_the_assignment_and_comes_out_at_every_door(
    assigned: Dispute,
    coordinator: Appointment,
    handler: Appointment,
    client_of: Clients,
    api_client_of: Clients,
) -> None:
    assert assigned.assignments.get(ended_at=None).instruction == ASKED
    page = client_of(handler).get(f"/disputes/{assigned.number}/").content.decode()
    assert page.count(ASKED) >= 2  # beside the unit, and in the trail
    answer = api_client_of(handler).get(f"/api/v1/disputes/{assigned.number}/").json()
    assert answer["instruction"] == ASKED
    assert any(ASKED in line for line in told(assigned, handler.user_id))
    assert verify.verify_dispute(assigned.pk).faults == []


def test_the_api_takes_an_instruction_with_the_assignment(
    register: Make, coordinator: Appointment, api_client_of: Clients, now: datetime
) -> None:
    dispute = register()
    take("accept", dispute, coordinator, now)
    answer = api_client_of(coordinator).post(
        f"/api/v1/disputes/{dispute.number}/steps/assign/",
        {"lead_unit": "t01.justice", "instruction": ASKED},
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    assert dispute.assignments.get().instruction == ASKED


def test_many_cases_are_given_with_the_same_instruction(
    register: Make, coordinator: Appointment, now: datetime
) -> None:
    rows = [register(), register()]
    for row in rows:
        take("accept", row, coordinator, now)
    versions = {row.number: Dispute.objects.get(pk=row.pk).version for row in rows}
    bulk.assign(versions=versions, lead_unit="t01.justice", instruction=ASKED, by=actor(coordinator), now=now)
    assert [row.assignments.get().instruction for row in rows] == [ASKED, ASKED]


def test_a_restricted_case_is_told_without_the_words(
    register: Make, coordinator: Appointment, handler: Appointment, now: datetime
) -> None:
    dispute = register(restricted=True)
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice", instruction=ASKED)
    assert told(dispute, handler.user_id)
    assert not any(ASKED in line for line in told(dispute, handler.user_id))


def test_a_new_assignment_does_not_repeat_the_instruction_of_the_last(
    assigned: Dispute, coordinator: Appointment, handler: Appointment, client_of: Clients, now: datetime
) -> None:
    take("transfer", assigned, coordinator, now, lead_unit="t01.v01", reason="改由村里办理。")
    assert assigned.assignments.get(ended_at=None).instruction == ""


def test_a_leader_who_sees_the_case_writes_an_instruction_without_being_warned(
    assigned: Dispute,
    mayor: Appointment,
    handler: Appointment,
    coordinator: Appointment,
    client_of: Clients,
    now: datetime,
) -> None:
    before = (assigned.status, assigned.lead_unit_id, assigned.resolve_by)
    after = take("instruct", assigned, mayor, now, instruction=ORDER)
    assert (after.status, after.lead_unit_id, after.resolve_by) == before
    for person in (handler, coordinator):
        assert any("领导批示" in line and ORDER in line for line in told(assigned, person.user_id))
    assert not any("领导批示" in line for line in told(assigned, mayor.user_id))
    assert ORDER in client_of(handler).get(f"/disputes/{assigned.number}/").content.decode()
    assert verify.verify_dispute(assigned.pk).faults == []


def test_only_leaders_write_instructions(assigned: Dispute, coordinator: Appointment, now: datetime) -> None:
    with pytest.raises(NotPermitted):
        take("instruct", assigned, coordinator, now, instruction=ORDER)


def test_the_leaders_of_a_unit_that_is_a_party_have_no_word(
    register: Make, coordinator: Appointment, department_head: Appointment, now: datetime
) -> None:
    dispute = register(
        parties=(
            *QUARREL.parties[:1],
            PartyFacts(role="respondent", kind="legal", name="县人社局", organization="hrss"),
        )
    )
    with pytest.raises((NotPermitted, NotFound)):
        take("instruct", dispute, department_head, now, instruction=ORDER)


def test_the_instruction_is_erased_with_the_other_texts(
    assigned: Dispute,
    coordinator: Appointment,
    handler: Appointment,
    county_office: Appointment,
    now: datetime,
) -> None:
    take("withdraw", assigned, coordinator, now, reason="不再要求。")
    take("close", assigned, coordinator, now)
    erasure.erase_on_request(number=assigned.number, reason="本人要求。", by=actor(county_office), now=now)
    assert all(row.instruction == "" for row in assigned.assignments.all())
