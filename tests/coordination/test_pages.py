from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from coordination.models import CoordinationMeeting, WeeklyReview
from coordination.services import meetings, weekly_review
from core import clock
from disputes.models import Dispute
from tests.coordination.conftest import Decide
from tests.disputes.conftest import Make
from tests.factories.accounts import actor

Clients = Callable[[Appointment], Client]
HOME = "/disputes/coordination/"


def address(meeting: CoordinationMeeting, rest: str = "") -> str:
    return f"{HOME}meetings/{meeting.pk}/{rest}"


def test_a_meeting_from_calling_it_to_printing_its_minutes(
    in_hand: Make, coordinator: Appointment, handler: Appointment, client_of: Clients
) -> None:
    dispute, browser = in_hand(), client_of(coordinator)
    today = clock.shanghai_date(clock.now())
    browser.post(f"{HOME}meetings/new/", {"subject": "疑难纠纷调度", "held_on": today.isoformat()})
    meeting = CoordinationMeeting.objects.get()
    browser.post(address(meeting, "cases/"), {"numbers": f" {dispute.number}、"})
    asked = {"person": handler.pk, "due_on": (today + timedelta(days=5)).isoformat(), "text": "到现场丈量。"}
    answer = browser.post(address(meeting, f"cases/{dispute.number}/decide/"), asked)
    assert answer.status_code == 302
    browser.post(f"{HOME}decisions/{meeting.decisions.get().pk}/done/", {"note": "已丈量。"})
    browser.post(address(meeting, "close/"))
    minutes = browser.get(address(meeting, "minutes/")).content.decode()
    assert "到现场丈量。" in minutes
    assert "已丈量。" in minutes
    assert "草稿" not in minutes
    assert "已结束" in browser.get(HOME).content.decode()


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(
    meeting: CoordinationMeeting, decide: Decide, in_hand: Make, coordinator: Appointment, client_of: Clients
) -> None:
    dispute = in_hand()
    decide(dispute)
    asked = {"person": "", "due_on": "2020-01-01", "text": "保留的文字"}
    answer = client_of(coordinator).post(address(meeting, f"cases/{dispute.number}/decide/"), asked)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert set(form.errors) == {"person"}
    assert "保留的文字" in answer.content.decode()
    again = client_of(coordinator).post(
        address(meeting, f"cases/{dispute.number}/decide/"), asked | {"person": coordinator.pk}
    )
    assert set(again.context["form"].errors) == {"due_on"}


def test_an_unknown_number_comes_back_at_its_field(
    meeting: CoordinationMeeting, coordinator: Appointment, client_of: Clients
) -> None:
    answer = client_of(coordinator).post(address(meeting, "cases/"), {"numbers": "t01-2026-999999"})
    assert "没有找到 t01-2026-999999" in answer.content.decode()


def test_the_list_to_pick_from_shows_only_what_is_late_when_asked(
    meeting: CoordinationMeeting, in_hand: Make, coordinator: Appointment, client_of: Clients
) -> None:
    late, other = in_hand(), in_hand()
    Dispute.objects.filter(pk=other.pk).update(next_due_at=clock.now() + timedelta(days=3))
    page = client_of(coordinator).get(address(meeting, "cases/"), {"late": "on"})
    assert [row.pk for row in page.context["rows"]] == [late.pk]


def test_clerks_get_403_and_other_centres_404(
    meeting: CoordinationMeeting, clerk: Appointment, outside_coordinator: Appointment, client_of: Clients
) -> None:
    assert client_of(clerk).get(HOME).status_code == 403
    assert client_of(outside_coordinator).get(HOME).status_code == 200
    for rest in ("", "cases/", "minutes/", "cases/t01-2026-000001/decide/"):
        assert client_of(outside_coordinator).get(address(meeting, rest)).status_code == 404


def test_a_closed_meeting_answers_409(
    decide: Decide, in_hand: Make, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute = in_hand()
    row = decide(dispute)
    meetings.close_meeting(meeting_id=row.meeting_id, by=actor(coordinator), now=now)
    browser = client_of(coordinator)
    for rest in ("cases/", f"cases/{dispute.number}/decide/"):
        assert browser.get(address(row.meeting, rest)).status_code == 409
    assert browser.post(address(row.meeting, "close/")).status_code == 409


def test_the_week_is_gone_through_on_one_page(
    register: Make, coordinator: Appointment, client_of: Clients
) -> None:
    register()
    browser = client_of(coordinator)
    browser.post(f"{HOME}reviews/")
    review = WeeklyReview.objects.get()
    item = review.items.get()
    page = f"{HOME}reviews/{review.pk}/"
    wrong = browser.post(f"{page}items/{item.pk}/", {"opinion": ""})
    assert "请填写这一项" in wrong.content.decode()
    browser.post(f"{page}items/{item.pk}/", {"opinion": "维持现状，继续办理"})
    assert "维持现状，继续办理" in browser.get(page).content.decode()
    browser.post(f"{page}close/")
    review.refresh_from_db()
    assert review.closed_at is not None


@pytest.mark.parametrize("path", ["meeting", "review", "pick"])
def test_queries_do_not_grow_with_cases(
    meeting: CoordinationMeeting,
    decide: Decide,
    in_hand: Make,
    coordinator: Appointment,
    client_of: Clients,
    now: datetime,
    path: str,
) -> None:
    by, browser = actor(coordinator), client_of(coordinator)

    def count() -> int:
        if path == "meeting":
            decide(in_hand())
        else:
            in_hand()
        review = weekly_review.draw_up(by=by, now=now)
        where = {
            "meeting": address(meeting),
            "pick": address(meeting, "cases/"),
            "review": f"{HOME}reviews/{review.pk}/",
        }
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(where[path]).status_code == 200
        return len(queries)

    count()
    few = count()
    count()
    assert count() == few
