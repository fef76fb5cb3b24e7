"""The bell and a person's own list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from notifications.models import Notice, Preference
from tests.factories.notifications import LONG_AGO, a_notice

LIST, BELL = "/notifications/", "/notifications/bell/"


@pytest.fixture
def browser(clerk: Appointment, client_of: Callable[[Appointment], Client]) -> Client:
    return client_of(clerk)


def test_the_bell_counts_the_unread_and_shows_the_five_newest(browser: Client, clerk: Appointment) -> None:
    notices = [a_notice(clerk.user) for _ in range(7)]
    a_notice(clerk.user, read_at=LONG_AGO, title="read long ago")
    page = browser.get(BELL).content.decode()
    assert 'data-bell="7"' in page
    assert "7 条未读消息" in page
    assert "另有 2 条未读" in page
    shown = [notice.title in page for notice in notices]
    assert shown == [False, False, True, True, True, True, True]
    assert "read long ago" not in page


def test_a_hundred_unread_are_enough_to_count(browser: Client, clerk: Appointment) -> None:
    for _ in range(101):
        a_notice(clerk.user)
    assert "99+" in browser.get(BELL).content.decode()


def test_the_bell_answers_unchanged_until_something_is_new_or_read(
    browser: Client, clerk: Appointment
) -> None:
    first = a_notice(clerk.user)
    etag = browser.get(BELL)["ETag"]
    again = browser.get(BELL, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    browser.post(f"/notifications/{first.pk}/read/")
    changed = browser.get(BELL, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    english = browser.get(BELL, headers={"If-None-Match": changed["ETag"], "Accept-Language": "en"})
    assert english.status_code == 200


def test_the_bell_never_keeps_a_session_alive(browser: Client, clerk: Appointment) -> None:
    browser.get(LIST)
    before = Session.objects.get().session_data
    with CaptureQueriesContext(connection) as queries:
        browser.get(BELL)
    assert Session.objects.get().session_data == before
    assert not [q for q in queries if not q["sql"].startswith("SELECT")]


def test_signed_out_the_bell_puts_nothing_into_the_page(db: None) -> None:
    answer = Client().get(BELL)
    assert (answer.status_code, answer.content) == (401, b"")


def test_opening_a_notice_marks_it_read_and_leads_to_its_case(browser: Client, clerk: Appointment) -> None:
    notice = a_notice(clerk.user, url="/calendars/")
    answer = browser.get(f"/notifications/{notice.pk}/")
    assert answer["Location"] == "/calendars/"
    notice.refresh_from_db()
    assert notice.read_at


@pytest.mark.parametrize("url", ["", "https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_a_notice_never_leads_out_of_the_system(browser: Client, clerk: Appointment, url: str) -> None:
    notice = a_notice(clerk.user, url=url)
    assert browser.get(f"/notifications/{notice.pk}/")["Location"] == LIST


def test_somebody_elses_notice_is_not_there(browser: Client, outsider: Appointment) -> None:
    notice = a_notice(outsider.user, title="for somebody else")
    assert browser.get(f"/notifications/{notice.pk}/").status_code == 404
    assert browser.post(f"/notifications/{notice.pk}/read/").status_code == 404
    browser.post("/notifications/read-all/", {"up_to": notice.pk})
    assert "for somebody else" not in browser.get(f"{LIST}?show=all").content.decode()
    assert Notice.objects.unread().get() == notice


def test_the_list_shows_the_unread_first_and_all_on_request(browser: Client, clerk: Appointment) -> None:
    a_notice(clerk.user, title="new one", body="两家为宅基地滴水起争执")
    a_notice(clerk.user, title="old one", read_at=LONG_AGO)
    unread, everything = browser.get(LIST).content.decode(), browser.get(f"{LIST}?show=all").content.decode()
    assert "消息 (1)" in unread
    assert ("new one" in unread, "old one" in unread) == (True, False)
    assert "两家为宅基地滴水起争执" in unread
    assert "old one" in everything


def test_pages_go_on_where_the_last_one_ended(browser: Client, clerk: Appointment) -> None:
    for number in range(60):
        a_notice(clerk.user, read_at=LONG_AGO + timedelta(minutes=number))
    url, seen = f"{LIST}?show=all", 0
    while url:
        context = browser.get(url).context
        seen += len(context["page"].notices)
        url = context["next_url"]
    assert seen == 60


def test_all_read_leaves_what_came_since_the_page_was_shown(browser: Client, clerk: Appointment) -> None:
    shown = [a_notice(clerk.user) for _ in range(3)]
    later = a_notice(clerk.user)
    answer = browser.post("/notifications/read-all/", {"up_to": shown[-1].pk}, follow=True)
    assert "已将 3 条消息标为已读。" in answer.content.decode()
    assert Notice.objects.of(clerk.user_id).unread().get() == later


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 40])
def test_a_broken_mark_all_reads_nothing(browser: Client, clerk: Appointment, up_to: str) -> None:
    a_notice(clerk.user)
    assert browser.post("/notifications/read-all/", {"up_to": up_to}).status_code == 302
    assert Notice.objects.unread().exists()


@pytest.mark.parametrize("path", [LIST, f"{LIST}?show=all", BELL])
def test_more_notices_cost_no_more_queries(browser: Client, clerk: Appointment, path: str) -> None:
    a_notice(clerk.user)
    browser.get(path)
    with CaptureQueriesContext(connection) as few:
        browser.get(path)
    for _ in range(20):
        a_notice(clerk.user)
    with CaptureQueriesContext(connection) as many:
        browser.get(path)
    assert len(many) == len(few)


@pytest.mark.parametrize("before", ["0", "x", "99999999999999999999", "1' or '1'='1"])
def test_a_broken_page_mark_starts_at_the_beginning(browser: Client, clerk: Appointment, before: str) -> None:
    a_notice(clerk.user, title="here")
    assert "here" in browser.get(LIST, {"before": before}).content.decode()


def test_mail_can_be_switched_off_by_everybody_for_himself(browser: Client, clerk: Appointment) -> None:
    assert "checked" in browser.get("/notifications/preferences/").content.decode()
    browser.post("/notifications/preferences/", {})
    assert not Preference.objects.get(user=clerk.user).email
    browser.post("/notifications/preferences/", {"email": "on"})
    assert Preference.objects.get(user=clerk.user).email
