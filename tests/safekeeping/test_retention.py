"""保管期限: dated rows on a page, what was in force never changed, every change on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import Appointment
from audit.models import AccessEvent
from core.actor import Actor
from core.errors import InvalidInput, NotPermitted, WrongState
from safekeeping.models import RetentionRule
from safekeeping.services import retention
from tests.factories import accounts

pytestmark = pytest.mark.django_db
PAGE = "/disputes/retention/"


@pytest.fixture
def by(admin: Appointment) -> Actor:
    return accounts.actor(admin)


@pytest.fixture
def add(by: Actor, monday: datetime) -> Callable[..., RetentionRule]:
    def make(years: int, start: date, source: str = "县档案局规定") -> RetentionRule:
        return retention.add_rule(years=years, effective_from=start, source=source, by=by, now=monday)

    return make


def test_a_new_row_ends_the_one_before_and_is_recorded(
    add: Callable[..., RetentionRule], monday: datetime
) -> None:
    old = add(10, date(2020, 1, 1))
    new = add(30, date(2026, 4, 1))
    old.refresh_from_db()
    assert (old.effective_to, new.effective_to) == (date(2026, 3, 31), None)
    event = AccessEvent.objects.filter(target_type="retention_rule").latest("pk")
    assert event.details["before"]["years"] == 10
    assert event.details["after"]["years"] == 30


def test_what_was_in_force_is_not_changed_but_a_gap_may_be_filled(add: Callable[..., RetentionRule]) -> None:
    add(10, date(2024, 1, 1))
    for day in (date(2024, 1, 1), date(2025, 6, 1)):
        with pytest.raises(InvalidInput) as refused:
            add(5, day)
        assert list(refused.value.errors) == ["effective_from"]
    assert add(5, date(2020, 1, 1)).effective_to == date(2023, 12, 31)


def test_a_row_is_ended_from_today_on_and_only_once(
    add: Callable[..., RetentionRule], by: Actor, monday: datetime
) -> None:
    row, today = add(10, date(2020, 1, 1)), monday.date()
    with pytest.raises(InvalidInput):
        retention.end_rule(rule_id=row.pk, last_day=today - timedelta(days=1), by=by, now=monday)
    assert retention.end_rule(rule_id=row.pk, last_day=today, by=by, now=monday).effective_to == today
    with pytest.raises(WrongState):
        retention.end_rule(rule_id=row.pk, last_day=today, by=by, now=monday + timedelta(days=1))
    assert AccessEvent.objects.filter(target_type="retention_rule").count() == 2


def test_only_who_keeps_the_limits_may(
    clerk: Appointment, county_office: Appointment, monday: datetime
) -> None:
    for person in (clerk, county_office):
        with pytest.raises(NotPermitted):
            retention.add_rule(
                years=5, effective_from=monday.date(), source="规定", by=accounts.actor(person), now=monday
            )


def test_the_administrator_adds_and_ends_a_row_on_the_page(
    admin: Appointment, clerk: Appointment, client_of: Callable[[Appointment], Client], monday: datetime
) -> None:
    with time_machine.travel(monday):
        client = client_of(admin)
        assert "目前不会自动删除" in client.get(PAGE).content.decode()
        data = {"years": "30", "effective_from": "2026-03-02", "source": "《档案法》第十三条"}
        unsure = client.post(f"{PAGE}new/", data)
        assert "请勾选这一项" in unsure.content.decode()
        client.post(f"{PAGE}new/", data | {"understood": "on"})
        row = RetentionRule.objects.get()
        shown = client.get(PAGE).content.decode()
        assert "《档案法》第十三条" in shown
        assert "30 年" in shown
        assert client.post(f"{PAGE}{row.pk}/end/", {"last_day": "2026-12-31"}).status_code == 302
        row.refresh_from_db()
        assert row.effective_to == date(2026, 12, 31)
        assert client_of(clerk).get(PAGE).status_code == 403
        assert PAGE in client.get("/calendars/rules/").content.decode()
        assert PAGE not in client_of(clerk).get("/calendars/rules/").content.decode()
