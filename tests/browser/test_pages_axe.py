"""The main pages as the roles meet them, on a desk and on a phone: nothing serious for axe, nothing sideways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from accounts.models import Appointment
from coordination.services import meetings, weekly_review
from coordination.services.meetings import MeetingFacts
from core import clock
from disputes.models import Dispute
from responsibility.services import case_leaders, letters
from responsibility.services.case_leaders import Undertaking
from responsibility.services.letters import Writing
from tests.browser.fixtures import DESKTOP, PHONE, cells_are_whole, does_not_scroll_sideways
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("reference_data")]

Visit = Callable[..., Page]
Check = Callable[[Page], None]
CASE = "/disputes/{number}/"
WALKS = {
    "t01.clerk": ("/", "/disputes/", "/disputes/new/", "/disputes/drafts/", "/notifications/"),
    "t01.coordinator": (
        "/",
        CASE,
        CASE + "steps/transfer/",
        "/disputes/{other}/steps/accept-and-assign/",
        CASE + "steps/withdraw/",
        "/dashboards/county/",
        "/calendar/",
        CASE + "steps/comment/",
        "/disputes/coordination/",
        "/disputes/coordination/meetings/new/",
        "/disputes/coordination/meetings/{meeting}/",
        "/disputes/coordination/meetings/{meeting}/cases/",
        "/disputes/coordination/meetings/{meeting}/cases/{number}/decide/",
        "/disputes/coordination/meetings/{meeting}/minutes/",
        "/disputes/coordination/decisions/{decision}/done/",
        "/disputes/coordination/reviews/",
        "/disputes/coordination/reviews/{review}/",
        "/warnings/letters/",
        "/warnings/letters/new/{number}/",
        "/warnings/letters/{letter}/",
        "/warnings/letters/{letter}/serve/",
        "/warnings/responsibility/{number}/",
        "/warnings/responsibility/{number}/principal/",
    ),
    "t01.justice": (
        "/",
        CASE,
        CASE + "parties/{party}/",
        CASE + "steps/submit_result/",
        CASE + "steps/request_extension/",
    ),
    "t01.deputy": (
        "/",
        "/calendar/",
        "/disputes/",
        CASE,
        "/dashboards/county/",
        "/warnings/case-leaders/{number}/progress/",
        "/warnings/case-leaders/{number}/take-over/",
        "/warnings/case-leaders/{other}/",
    ),
    "county.office": (
        "/",
        "/disputes/",
        "/dashboards/county/",
        "/disputes/ledger/check/",
        "/warnings/coverage/",
    ),
    "auditor": ("/", "/audit/", "/disputes/ledger/check/"),
    "admin": ("/", "/warnings/coverage/"),
}


@pytest.fixture
def story(people: dict[str, Appointment]) -> dict[str, object]:
    """A case in hand with a meeting's decision on it and a place on the week's list; a second one just in."""
    now = clock.now() - timedelta(minutes=5)
    clerk, coordinator, handler = (people[f"t01.{name}"] for name in ("clerk", "coordinator", "justice"))
    dispute = registered(clerk, now)
    other = registered(clerk, now + timedelta(minutes=1), danger=True)
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    take("sign_for", dispute, handler, now)
    led = _led(dispute, people["t01.deputy"], coordinator)
    return (
        {"number": dispute.number, "other": other.number} | led | _coordinated(dispute, coordinator, handler)
    )


def _led(dispute: Dispute, deputy: Appointment, coordinator: Appointment) -> dict[str, object]:
    """A leader took the case on, a letter went out, and a post of the town is empty."""
    now = clock.now()
    plan = Undertaking(deputy.pk, "周五前上门听取双方意见。", clock.shanghai_date(now) + timedelta(days=7))
    case_leaders.start(number=dispute.number, undertaking=plan, by=actor(deputy), now=now)
    writing = Writing("县供电公司", "请派员到现场核实线路。", clock.shanghai_date(now))
    letter = letters.issue(number=dispute.number, writing=writing, by=actor(coordinator), now=now)
    Appointment.objects.filter(user__username="t02.deputy").update(ends_on=date(2021, 1, 1))
    return {"letter": letter.pk}


def _coordinated(dispute: Dispute, coordinator: Appointment, handler: Appointment) -> dict[str, object]:
    by, now = actor(coordinator), clock.now()
    today: date = clock.shanghai_date(now)
    meeting = meetings.call_meeting(facts=MeetingFacts(today, "疑难纠纷调度"), by=by, now=now)
    meetings.add_cases(meeting_id=meeting.pk, numbers=[dispute.number], by=by, now=now)
    decision = meetings.decide(
        meeting_id=meeting.pk,
        number=dispute.number,
        person=handler.pk,
        due_on=today,
        text="到现场丈量。",
        by=by,
        now=now,
    )
    review = weekly_review.draw_up(by=by, now=now)
    party = dispute.parties.order_by("pk").values_list("pk", flat=True)[0]
    return {"meeting": meeting.pk, "decision": decision.pk, "review": review.pk, "party": party}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("username", WALKS)
def test_the_pages_of_a_role_are_usable_by_everybody(
    visit: Visit,
    axe: Check,
    people: dict[str, Appointment],
    story: dict[str, object],
    username: str,
    size: dict[str, int],
) -> None:
    page = visit(people[username], size=size)
    for path in WALKS[username]:
        answer = page.goto(path.format(**story))
        assert answer is not None
        assert answer.status == 200, path
        axe(page)
        assert does_not_scroll_sideways(page), path
        assert cells_are_whole(page), path


def test_on_a_phone_whose_turn_it_is_comes_before_the_story(
    visit: Visit, people: dict[str, Appointment], story: dict[str, object]
) -> None:
    page = visit(people["t01.justice"], CASE.format(**story), size=PHONE)
    turn, narrative = page.locator(".box-turn").bounding_box(), page.locator(".narrative").bounding_box()
    assert turn is not None
    assert narrative is not None
    assert turn["y"] < narrative["y"]


def test_the_one_primary_button_moves_the_case_on(
    visit: Visit, people: dict[str, Appointment], story: dict[str, object]
) -> None:
    path = CASE.format(**story)
    assert visit(people["t01.justice"], path).locator(".box-turn .btn-primary").all_inner_texts() == ["报结"]
    assert visit(people["t01.coordinator"], path).locator(".box-turn .btn-primary").count() == 0
