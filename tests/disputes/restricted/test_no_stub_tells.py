"""No answer to somebody who sees only the stub holds a word of the title, the narrative, a party or the village: looked
for on every page and in the API, for every post."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest

from accounts.models import Appointment
from coordination.services import meetings, weekly_review
from coordination.services.meetings import MeetingFacts
from disputes.models import Dispute
from tests.architecture.test_url_role_walk import pages
from tests.disputes.conftest import Make
from tests.disputes.restricted.conftest import DIVORCE, HOUR
from tests.factories.accounts import actor, api_client_of
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
# of the case; the village's name stands in lists of villages, so it is looked for with the town's before it
CANARIES = ("金丝雀甲", "金丝雀乙", "金丝雀丙", "金丝雀丁", "酗酒", "青石镇石桥村")
EXPORTED = re.compile(r"金丝雀|酗酒|石桥村")
MORE = (
    "/disputes/?q=酗酒",
    "/disputes/?q=金丝雀甲",
    "/disputes/?sort=due",
    "/disputes/?confidential=true",
    "/disputes/?stub=true",
    "/disputes/?place=t01.v02",
    "/disputes/?category=family",
    "/disputes/?waiting=true",
    "/warnings/board/?show=open",
)
API = (
    "/api/v1/disputes/",
    "/api/v1/disputes/?q=金丝雀甲",
    "/api/v1/disputes/?category=family",
    "/api/v1/escalations/",
)


READERS = (
    "t01.secretary",
    "county.office",
    "county.secretary",
)  # see the stub: a town's, the county's desk, a leader
OUTSIDE = ("t02.clerk", "auditor")  # do not even see that


def of_disputes(path: str) -> bool:
    """The pages that have to do with disputes; the house's own keep nothing of them."""
    return not path.startswith(("/manage/", "/accounts/", "/demo/", "/health"))


@pytest.fixture
def dispute(register: Make, coordinator: Appointment, now: datetime) -> Dispute:
    """On an agenda and on the week's list as well."""
    made = register(**DIVORCE)
    take("accept", made, coordinator, now + HOUR)
    by = actor(coordinator)
    meeting = meetings.call_meeting(facts=MeetingFacts(now.date(), "研究积案"), by=by, now=now)
    meetings.add_cases(meeting_id=meeting.pk, numbers=[made.number], by=by, now=now)
    weekly_review.draw_up(by=by, now=now)
    made.refresh_from_db()
    return made


def leaks(answer: Any, typed: str = "") -> list[str]:
    """The words of the case in an answer; what the reader typed comes back to them in any case."""
    if answer.get("Content-Type", "").startswith(("text", "application/json")):
        text = answer.content.decode()
        return [word for word in CANARIES if word in text and word not in typed]
    return []


def test_no_page_and_no_answer_of_the_api_tells_a_stubs_content(
    dispute: Dispute, people: dict[str, Appointment], client_of: Any
) -> None:
    told: list[str] = []
    walked = [*filter(of_disputes, pages(dispute.number)), *MORE]
    for who in (*READERS, *OUTSIDE):
        appointment, by = people[who], actor(people[who])
        assert Dispute.objects.listed_to(by).filter(pk=dispute.pk).exists() == (who in READERS)
        client = client_of(appointment)
        for path in walked:
            told += [f"{who} {path}: {word}" for word in leaks(client.get(path), path)]
        if by.scope.keys:
            machine = api_client_of(appointment)
            one = f"/api/v1/disputes/{dispute.number}/"
            for path in (*API, one, f"{one}ledger/"):
                told += [f"{who} {path}: {word}" for word in leaks(machine.get(path), path)]
    assert told == []


def test_the_walk_would_find_them(dispute: Dispute, clerk: Appointment, client_of: Any) -> None:
    """Who took it down reads every one of them."""
    found = leaks(client_of(clerk).get(f"/disputes/{dispute.number}/"))
    assert {"金丝雀甲", "金丝雀乙", "酗酒", "青石镇石桥村"} <= set(found)
