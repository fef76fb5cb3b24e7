"""The level stands beside a dispute in every list, for those who may know it; no list asks more for more rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from coordination.models import CoordinationMeeting
from coordination.services import weekly_review
from core import clock
from disputes.models import Dispute
from disputes.selectors.shown_levels import shown_levels
from tests.coordination.conftest import Decide
from tests.disputes.conftest import Make
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take
from tests.factories.warnings import a_warning

Clients = Callable[[Appointment], Client]
Lists = Callable[[Client, list[Dispute]], dict[str, str]]


@pytest.fixture
def lists(meeting: CoordinationMeeting, coordinator: Appointment, decide: Decide) -> Lists:
    """The page of each list, with these disputes on it."""

    def pages(browser: Client, rows: list[Dispute]) -> dict[str, str]:
        found = {"picking": browser.get(f"/disputes/coordination/meetings/{meeting.pk}/cases/")}
        for row in rows:
            decide(row)
        review = weekly_review.draw_up(by=actor(coordinator), now=clock.now())
        asked = {"action": "remind", "number": [row.number for row in rows]}
        found |= {
            "decided": browser.get("/disputes/coordination/"),
            "meeting": browser.get(f"/disputes/coordination/meetings/{meeting.pk}/"),
            "week": browser.get(f"/disputes/coordination/reviews/{review.pk}/"),
            "bulk": browser.post("/disputes/ledger/bulk/", asked),
            "ledger": browser.get("/disputes/"),
            "search": browser.get("/disputes/?q=排水沟"),
        }
        return {name: answer.content.decode() for name, answer in found.items()}

    return pages


def test_every_list_shows_the_level_of_each_row(
    lists: Lists, in_hand: Make, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    rows = [in_hand() for _number in range(3)]
    for row, level in zip(rows, (1, 3), strict=False):
        a_warning(row, level, now)
    for name, page in lists(client_of(coordinator), rows).items():
        shown = {level: page.count(f'class="level level-{level}"') for level in (1, 2, 3)}
        assert shown == {1: 1, 2: 0, 3: 1}, name


def test_no_list_shows_a_level_to_a_unit_that_is_a_party(
    lists: Lists, in_hand: Make, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    row = in_hand()
    a_warning(row, 1, now)
    Dispute.objects.filter(pk=row.pk).update(unit=coordinator.post.organization)
    for name, page in lists(client_of(coordinator), [row]).items():
        assert "level-1" not in page, name


def test_who_gave_a_case_back_reads_the_level_of_then(
    in_hand: Make, coordinator: Appointment, handler: Appointment, now: datetime
) -> None:
    """Raised to level 1 after the office had given it back."""
    dispute = in_hand()
    take("request_return", dispute, handler, now, ground="not_competent", reason="非本所事务。")
    take("decide_return", dispute, coordinator, now + timedelta(hours=1), granted=True, reason="同意")
    a_warning(dispute, 1, now + timedelta(hours=2))
    rows = list(Dispute.objects.visible_to(actor(handler)).filter(pk=dispute.pk))
    assert shown_levels(rows, actor(handler)) == {dispute.pk: 0}
    assert shown_levels(rows, actor(coordinator)) == {dispute.pk: 1}


def test_the_levels_of_many_cost_as_much_as_of_one(
    clerk: Appointment, coordinator: Appointment, now: datetime
) -> None:
    by = actor(coordinator)
    for _number in range(5):
        a_warning(registered(clerk, now), 2, now)
    rows = list(Dispute.objects.visible_to(by))
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as asked:
            assert set(shown_levels(some, by).values()) == {2}
        assert len(asked) == 1
    assert shown_levels([], by) == {}


def test_the_twin_while_typing_shows_its_level(clerk: Appointment, client_of: Clients, now: datetime) -> None:
    a_warning(registered(clerk, clock.now()), 2, clock.now())
    typed = {
        "title": "排水沟改道引起的争执",
        "narrative": "张家与李家共用的排水沟被改道，雨后积水漫进院子，双方多次争吵。",
    }
    page = client_of(clerk).post(f"/disputes/drafts/{uuid4()}/look/", typed).content.decode()
    assert page.count('class="level level-2"') == 1
