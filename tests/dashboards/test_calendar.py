"""日程: what is due to whom in a month, and the file that calendars outside the house read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.throttling import UserRateThrottle

from accounts.models import Appointment, CalendarFeed
from accounts.services import calendar_feeds, users
from audit.choices import Action
from audit.models import AccessEvent
from calendars.models import CalendarDay, Deadline
from coordination.services import meetings
from core.clock import end_of_day, shanghai_date
from dashboards.rules.months import Month
from dashboards.selectors.agenda import Due, agenda
from dashboards.selectors.month import month_page
from disputes.models import Dispute
from disputes.rules.intake import PartyFacts
from tests.factories.accounts import actor
from tests.factories.disputes import QUARREL, registered, take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
MARCH = Month(2026, 3)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAGE, SUBSCRIPTION = "/calendar/2026/3/", "/calendar/subscription/"


@pytest.fixture
def now(monday: datetime, reference_data: None) -> datetime:
    """2 March 2026, 9 in the morning in Shanghai."""
    return monday


@pytest.fixture
def in_hand(clerk: Appointment, coordinator: Appointment, handler: Appointment, now: datetime) -> Dispute:
    return given(clerk, coordinator, handler, now)


def given(
    clerk: Appointment, coordinator: Appointment, handler: Appointment, now: datetime, **facts: Any
) -> Dispute:
    dispute = registered(clerk, now, **facts)
    take("accept", dispute, coordinator, now, resolve_by=date(2026, 3, 20))
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    return take("sign_for", dispute, handler, now)


def dues(person: Appointment, now: datetime, month: Month = MARCH) -> list[Due]:
    return agenda([actor(person)], month.first, month.last, now).rows


def clocks_of(dispute: Dispute) -> set[tuple[str, date]]:
    """By the deadlines' own table."""
    rows = Deadline.objects.filter(subject_id=dispute.pk, met_at=None, cancelled_at=None)
    return {(row.kind, shanghai_date(row.due_at)) for row in rows}


def test_a_unit_sees_the_clocks_of_what_it_has_in_hand_on_their_days(
    in_hand: Dispute, handler: Appointment, village: Appointment, now: datetime
) -> None:
    assert ("resolve", date(2026, 3, 20)) in clocks_of(in_hand)
    found = {(row.what, row.day, row.number, row.url) for row in dues(handler, now)}
    assert ("化解到期", date(2026, 3, 20), in_hand.display_number, f"/disputes/{in_hand.number}/") in found
    assert dues(village, now) == []
    assert not [row for row in dues(handler, now, Month(2026, 4)) if row.what == "化解到期"]


def test_what_is_met_is_due_no_more(in_hand: Dispute, handler: Appointment, now: datetime) -> None:
    take("submit_result", in_hand, handler, now + DAY, outcome="oral_agreement", account="双方同意恢复原沟。")
    assert not [row for row in dues(handler, now + DAY) if row.what == "化解到期"]


def test_a_clerk_and_another_town_see_nothing_of_it(
    in_hand: Dispute, outsider: Appointment, now: datetime
) -> None:
    assert dues(outsider, now) == []


def test_leaders_see_levels_and_meetings_of_their_place(
    clerk: Appointment, coordinator: Appointment, handler: Appointment, mayor: Appointment,
    department_head: Appointment, now: datetime,
) -> None:  # fmt: skip
    plain = given(clerk, coordinator, handler, now)
    danger = given(clerk, coordinator, handler, now, danger=True)
    facts = meetings.MeetingFacts(date(2026, 3, 12), "疑难纠纷调度")
    meeting = meetings.call_meeting(facts=facts, by=actor(coordinator), now=now)
    numbers = {row.number for row in dues(mayor, now)}
    assert danger.display_number in numbers
    assert plain.display_number not in numbers
    held = [row for row in dues(mayor, now) if row.key == f"meeting-{meeting.pk}"]
    assert [(row.day, row.what, row.url) for row in held] == [(date(2026, 3, 12), "调度会：疑难纠纷调度", "")]
    own = [row for row in dues(coordinator, now) if row.key == f"meeting-{meeting.pk}"]
    assert own[0].url == f"/disputes/coordination/meetings/{meeting.pk}/"
    assert not [row for row in dues(department_head, now) if row.key.startswith("meeting")]


def test_what_a_meeting_asked_of_somebody_is_due_to_them(
    in_hand: Dispute, coordinator: Appointment, handler: Appointment, now: datetime
) -> None:
    by = actor(coordinator)
    meeting = meetings.call_meeting(facts=meetings.MeetingFacts(now.date(), "疑难纠纷调度"), by=by, now=now)
    meetings.add_cases(meeting_id=meeting.pk, numbers=[in_hand.number], by=by, now=now)
    asked = {"person": handler.pk, "due_on": date(2026, 3, 9), "text": "到场劝解李大山"}
    meetings.decide(meeting_id=meeting.pk, number=in_hand.number, **asked, by=by, now=now)
    (row,) = [row for row in dues(handler, now) if row.key.startswith("decision")]
    assert (row.day, row.what) == (date(2026, 3, 9), "调度会：到场劝解李大山")
    assert "李大山" not in row.outside


def test_a_restricted_case_is_a_number_for_who_lists_it_alone(
    clerk: Appointment, coordinator: Appointment, handler: Appointment, mayor: Appointment,
    client_of: Clients, now: datetime,
) -> None:  # fmt: skip
    dispute = given(clerk, coordinator, handler, now, restricted=True)
    Dispute.objects.filter(pk=dispute.pk).update(warning_level=3)  # opens it to nobody
    assert not Dispute.objects.visible_to(actor(mayor)).filter(pk=dispute.pk).exists()
    found = [row for row in dues(mayor, now) if row.number == dispute.display_number]
    assert {(row.title, row.level) for row in found} == {("限制知悉", None)}
    assert dispute.title not in client_of(mayor).get(PAGE).content.decode()


def test_who_belongs_to_a_party_learns_no_level_by_what_is_listed(
    clerk: Appointment, county_office: Appointment, department_head: Appointment, now: datetime
) -> None:
    party = PartyFacts(role="respondent", kind="legal", name="县人社局", organization="hrss")
    dispute = registered(clerk, now, parties=(*QUARREL.parties[:1], party))
    Dispute.objects.filter(pk=dispute.pk).update(warning_level=2)
    assert not [row for row in dues(department_head, now) if row.number == dispute.display_number]


def test_days_off_are_those_of_the_calendar(handler: Appointment, now: datetime) -> None:
    """2026: 1 to 7 October off and 10 October worked, by the State Council's plan; weekends beside."""
    page = month_page([actor(handler)], Month(2026, 10), now)
    kinds = {day.cell.day.day: (day.cell.kind, day.cell.mark) for week in page.weeks for day in week if day}
    assert kinds[1] == ("holiday", "休")
    assert kinds[8] == ("workday", "")
    assert kinds[10] == ("makeup", "班")
    assert kinds[17] == ("weekend", "")


def test_a_day_off_without_a_name_is_one_all_the_same(
    handler: Appointment, client_of: Clients, now: datetime
) -> None:
    CalendarDay.objects.filter(date=date(2026, 10, 1)).update(name="")
    page = month_page([actor(handler)], Month(2026, 10), now)
    (first,) = (day for week in page.weeks for day in week if day and day.cell.day.day == 1)
    assert (first.cell.kind, first.cell.mark) == ("holiday", "休")
    assert "day-holiday" in client_of(handler).get("/calendar/2026/10/").content.decode()


def test_the_page_and_its_neighbours(in_hand: Dispute, handler: Appointment, client_of: Clients) -> None:
    browser = client_of(handler)
    page = browser.get(PAGE).content.decode()
    assert in_hand.title in page
    assert 'href="/calendar/2026/2/"' in page
    assert 'href="/calendar/2026/4/"' in page
    assert browser.get("/calendar/").status_code == 302
    assert [browser.get(f"/calendar/{bad}/").status_code for bad in ("2026/13", "2026/0", "1900/1")] == [
        404
    ] * 3


def test_no_query_more_for_more_rows(
    clerk: Appointment, coordinator: Appointment, handler: Appointment, client_of: Clients, now: datetime,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    given(clerk, coordinator, handler, now)
    given(clerk, coordinator, handler, now, restricted=True)
    by = actor(handler)
    with CaptureQueriesContext(connection) as few:
        month_page([by], Month(2026, 3), now)
    for minute in range(6):
        given(clerk, coordinator, handler, now + timedelta(minutes=minute))
    with django_assert_num_queries(len(few)):
        month_page([by], Month(2026, 3), now)


# the file, read by the rules of RFC 5545 written down here


def unfolded(data: bytes) -> list[str]:
    """Lines end with CRLF and hold 75 octets at most; one that goes on begins with a space (3.1)."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    return data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def events_in(data: bytes) -> list[dict[str, str]]:
    lines = unfolded(data)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in lines
    assert any(line.startswith("PRODID:") for line in lines)
    events: list[dict[str, str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line != "END:VEVENT" and ":" in line:
            name, _colon, value = line.partition(":")
            assert name not in events[-1]
            events[-1][name] = value
    for event in events:
        assert {"UID", "DTSTAMP", "SUMMARY"} <= set(event)
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
        start = event.get("DTSTART") or event["DTSTART;VALUE=DATE"]
        assert re.fullmatch(r"\d{8}T\d{6}Z" if "DTSTART" in event else r"\d{8}", start)
    assert len({event["UID"] for event in events}) == len(events)
    return events


def address_of(browser: Client) -> str:
    page = browser.post(f"{SUBSCRIPTION}new/").content.decode()
    found = re.search(r"/calendar/feed/[A-Za-z0-9_-]{40,}\.ics", page)
    assert found
    return found[0]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch, now: datetime) -> datetime:
    monkeypatch.setattr("dashboards.views.calendar.now", lambda: now + HOUR)
    return now + HOUR


def test_the_file_says_the_number_and_what_is_due_and_nothing_else(
    clerk: Appointment, coordinator: Appointment, handler: Appointment, client_of: Clients, now: datetime,
    today: datetime, client: Client,
) -> None:  # fmt: skip
    plain = given(clerk, coordinator, handler, now)
    few = given(clerk, coordinator, handler, now, restricted=True)
    browser = client_of(handler)
    address = address_of(browser)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
    text = "\n".join(unfolded(answer.content))
    for told in (plain.title, few.title, "张建国", "李大山", plain.narrative[:8]):
        assert told not in text
    (event,) = [
        one for one in events_in(answer.content) if one["SUMMARY"] == f"{plain.display_number} 化解到期"
    ]
    due = Deadline.objects.get(subject_id=plain.pk, kind="resolve", met_at=None)
    assert due.due_at == end_of_day(date(2026, 3, 20))
    assert event["DTSTART;VALUE=DATE"] == "20260320"
    assert event["URL"] == f"http://testserver/disputes/{plain.number}/"
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_moment_is_told_in_utc(
    clerk: Appointment, coordinator: Appointment, client_of: Clients, client: Client, now: datetime,
    today: datetime,
) -> None:  # fmt: skip
    dispute = registered(clerk, now, danger=True)
    due = Deadline.objects.get(subject_id=dispute.pk, kind="accept")
    assert due.due_at != end_of_day(shanghai_date(due.due_at))
    events = events_in(client.get(address_of(client_of(coordinator))).content)
    stamps = [one.get("DTSTART") for one in events if dispute.display_number in one["SUMMARY"]]
    assert f"{due.due_at.astimezone(UTC):%Y%m%dT%H%M%SZ}" in stamps


def test_the_address_is_shown_once_kept_as_a_hash_renewed_and_withdrawn(
    handler: Appointment, client_of: Clients, client: Client, now: datetime, today: datetime
) -> None:
    browser = client_of(handler)
    first = address_of(browser)
    secret = first.rpartition("/")[2].removesuffix(".ics")
    row = CalendarFeed.objects.get()
    assert secret not in (row.digest, str(row))
    assert secret not in browser.get(SUBSCRIPTION).content.decode()
    second = address_of(browser)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert browser.post(f"{SUBSCRIPTION}withdraw/").status_code == 302
    assert client.get(second).status_code == 404
    kinds = (
        AccessEvent.objects.filter(target_type="calendar_feed")
        .order_by("pk")
        .values_list("action", flat=True)
    )
    assert list(kinds) == [
        Action.TOKEN_ISSUED, Action.TOKEN_REVOKED, Action.TOKEN_ISSUED, Action.CALENDAR_READ, Action.TOKEN_REVOKED,
    ]  # fmt: skip
    CalendarFeed.objects.create(user=handler.user, digest="x", created_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.create(user=handler.user, digest="y", created_at=now)


def test_it_dies_with_the_account_and_does_not_come_back_with_it(
    handler: Appointment, security: Appointment, client_of: Clients, client: Client, now: datetime,
    today: datetime,
) -> None:  # fmt: skip
    address = address_of(client_of(handler))
    change = {"user_id": handler.user_id, "reason": "离岗", "by": actor(security), "now": now}
    users.set_active(is_active=False, **change)
    assert client.get(address).status_code == 404
    users.set_active(is_active=True, **change)
    assert client.get(address).status_code == 404


def test_who_holds_no_post_any_more_reads_nothing(
    handler: Appointment, client_of: Clients, client: Client, now: datetime, today: datetime
) -> None:
    address = address_of(client_of(handler))
    Appointment.objects.filter(pk=handler.pk).update(ends_on=now.date())
    assert client.get(address).status_code == 404


def test_it_only_reads_and_knows_no_session(handler: Appointment, client_of: Clients, client: Client) -> None:
    address = address_of(client_of(handler))
    assert client.post(address).status_code == 405
    assert client.get("/calendar/feed/x.ics").status_code == 404
    assert client.get(SUBSCRIPTION).status_code == 302


def test_it_is_limited_like_the_api(
    handler: Appointment, client_of: Clients, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Twice(UserRateThrottle):
        rate = "2/min"

    cache.clear()
    monkeypatch.setattr(
        "dashboards.views.calendar.api_settings", type("Settings", (), {"DEFAULT_THROTTLE_CLASSES": [Twice]})
    )
    address = address_of(client_of(handler))
    assert [client.get(address).status_code for _n in range(3)] == [200, 200, 429]


def test_the_auditor_has_no_calendar(auditor: Appointment, client_of: Clients) -> None:
    assert client_of(auditor).get(PAGE).status_code == 403
    assert client_of(auditor).post(f"{SUBSCRIPTION}new/").status_code == 403
    assert calendar_feeds.live(auditor.user_id) is None
