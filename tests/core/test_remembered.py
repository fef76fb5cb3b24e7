"""Reference rows a process remembers say what the tables say: whoever writes them, by whatever door, and whatever a
transaction takes back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from accounts.models import Appointment, Delegation
from core.remembered import marks, steady, steady_for_all
from disputes.selectors import intake
from disputes.services import notices
from disputes.services.access import duty_posts
from jurisdictions.models import Place, Post
from tests.factories.disputes import registered

TABLES = {  # table → a column whose change counts
    "accounts_appointment": "ends_on",
    "accounts_delegation": "ended_early_at",
    "accounts_user": "is_active",
    "calendars_calendarday": "name",
    "calendars_calendaryear": "revision",
    "calendars_deadlinerule": '"limit"',
    "calendars_statutoryday": "name",
    "disputes_disputecategory": "is_active",
    "classifier_warningpolicy": "state",
    "jurisdictions_organization": "name",
    "jurisdictions_organization_sectors": "sector_id",
    "jurisdictions_place": "name",
    "jurisdictions_post": "is_active",
    "jurisdictions_sector": "name",
    "notifications_channelsetting": "enabled",
}
V01 = "t01.v01"


@pytest.fixture
def other(transactional_db: None, people: dict[str, Appointment]) -> Iterator[psycopg.Connection[Any]]:
    """Another process: psql, a restore, a worker."""
    settings = connection.get_connection_params()
    dsn = {name: settings[name] for name in ("dbname", "user", "host", "port") if settings.get(name)}
    with psycopg.connect(**dsn, autocommit=True) as made:
        yield made
        made.rollback()


def rename(made: psycopg.Connection[Any], name: str) -> None:
    made.execute("UPDATE jurisdictions_place SET name = %s WHERE alias = %s", [name, V01])


def label() -> str:
    """Remembered, as the form shows it."""
    return intake.label_of_place(V01)


def said_by_the_table() -> str:
    place = Place.objects.select_related("parent").get(alias=V01)
    assert place.parent
    return f"{place.parent.name}{place.name}"


@pytest.mark.parametrize("table", sorted(TABLES))
@pytest.mark.parametrize("role", ["origin", "replica"])
def test_every_kind_of_statement_leaves_a_mark(db: None, table: str, role: str) -> None:
    column = TABLES[table]
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL session_replication_role = {role}")  # as a load of many rows does
        for write in (
            f"INSERT INTO {table} SELECT * FROM {table} WHERE false",
            f"UPDATE {table} SET {column} = {column} WHERE false",
            f"DELETE FROM {table} WHERE false",
        ):
            before = marks()
            cursor.execute(write)
            assert not marks() & before, write
        before = marks()
        with cursor.copy(f"COPY {table} FROM STDIN"):
            pass
        assert not marks() & before
        if role == "replica":  # else the trail, which points at some of them, refuses
            before = marks()
            cursor.execute(f"TRUNCATE {table} CASCADE")
            assert not marks() & before


def test_who_logs_in_changes_nothing_that_is_remembered(clerk: Appointment) -> None:
    before = marks()
    clerk.user.save(update_fields=["last_login", "password", "must_change_password"])
    assert marks() == before


def test_what_another_process_commits_is_read_at_once(other: psycopg.Connection[Any]) -> None:
    before = label()
    for name in ("石桥新村", "石桥东村"):
        rename(other, name)
        assert label() == said_by_the_table() != before
    Place.objects.filter(alias=V01).update(name="石桥西村")
    assert label() == said_by_the_table()


def test_what_another_process_has_not_committed_is_not_read(other: psycopg.Connection[Any]) -> None:
    before = label()
    with other.transaction(force_rollback=True):
        rename(other, "没有的村")
        assert label() == before
    assert label() == before == said_by_the_table()


def test_what_a_transaction_takes_back_is_forgotten(other: psycopg.Connection[Any]) -> None:
    before = label()
    with transaction.atomic():
        Place.objects.filter(alias=V01).update(name="甲村")
        assert label().endswith("甲村")
        with transaction.atomic():
            Place.objects.filter(alias=V01).update(name="乙村")
            assert label().endswith("乙村")
            transaction.set_rollback(True)
        assert label().endswith("甲村")
        transaction.set_rollback(True)
    assert label() == before


def test_a_thread_sees_its_own_change_and_nobody_else_does(other: psycopg.Connection[Any]) -> None:
    """Threads of a process share what is remembered, each under the marks it sees."""
    before, changed, go_on, seen = label(), Event(), Event(), list[str]()

    def work() -> None:
        with transaction.atomic():
            Place.objects.filter(alias=V01).update(name="丙村")
            seen.append(label())
            changed.set()
            go_on.wait(20)
            seen.append(label())
        connection.close()

    thread = Thread(target=work)
    thread.start()
    assert changed.wait(20)
    assert label() == before
    rename_sector(other)
    assert label() == before
    go_on.set()
    thread.join(20)
    assert all(one.endswith("丙村") for one in seen)
    assert len(seen) == 2
    assert label().endswith("丙村")


def rename_sector(made: psycopg.Connection[Any]) -> None:
    made.execute("UPDATE jurisdictions_sector SET name = name")


def test_who_writes_one_table_does_not_wait_for_who_writes_another(other: psycopg.Connection[Any]) -> None:
    other.execute("SET lock_timeout = '2s'")
    with transaction.atomic():
        Place.objects.filter(alias=V01).update(name="丁村")
        rename_sector(other)
        transaction.set_rollback(True)
    assert marks()


def test_rows_stay_as_they_were_at_the_first_look_of_a_steady_block(other: psycopg.Connection[Any]) -> None:
    before = label()
    with steady():
        assert label() == before
        rename(other, "戊村")
        assert label() == before
        with steady():
            assert label().endswith("戊村")
    assert label().endswith("戊村")


def test_services_of_one_transaction_share_its_look(other: psycopg.Connection[Any]) -> None:
    before = label()
    with steady_for_all():
        assert label() == before
        rename(other, "戊村")
        with steady():
            assert label() == before
    assert label().endswith("戊村")
    with steady():
        assert label().endswith("戊村")


def test_an_appointment_that_ends_and_one_who_stands_in_are_heard_of_at_once(
    coordinator: Appointment, clerk: Appointment, monday: datetime
) -> None:
    centre = coordinator.post.organization_id
    assert notices.holders(centre, "coordinator", monday) == [coordinator.user_id]
    Delegation.objects.create(
        appointment=coordinator,
        stand_in=clerk.user,
        starts_at=monday,
        ends_at=monday.replace(hour=18),
        reason="开会",
        entered_by=coordinator.user,
        entered_at=monday,
    )
    assert notices.holders(centre, "coordinator", monday) == [coordinator.user_id, clerk.user_id]
    later = monday.replace(hour=19)
    assert notices.holders(centre, "coordinator", later) == [coordinator.user_id]
    Appointment.objects.filter(pk=coordinator.pk).update(ends_on=monday.date())
    assert notices.holders(centre, "coordinator", later) == []


def test_a_new_post_is_opened_to_at_once(clerk: Appointment) -> None:
    organization = clerk.post.organization
    before = duty_posts(organization.pk)
    post = Post.objects.create(organization=organization, role="duty", title="夜班")
    assert len(duty_posts(organization.pk)) == len(before) + 1
    post.delete()
    assert duty_posts(organization.pk) == before


class Reads:
    """Tables that statements sent from inside a remembered function read."""

    def __init__(self) -> None:
        self.tables: set[str] = set()
        self.known = connection.introspection.table_names()

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_name == "answer" and frame.f_code.co_filename.endswith("core/remembered.py"):
                self.tables |= {name for name in self.known if f'"{name}"' in sql}
                break
            frame = frame.f_back  # type: ignore[assignment]
        return execute(sql, params, many, context)


def test_nothing_is_remembered_of_a_table_that_is_not_watched(
    reference_data: None, clerk: Appointment, client_of: Callable[[Appointment], Client], monday: datetime
) -> None:
    reads, browser = Reads(), client_of(clerk)
    with connection.execute_wrapper(reads):
        dispute = registered(clerk, monday, towns=("t01", "t02"), sectors=("hrss",))
        browser.get("/disputes/new/", follow=True)
        browser.get(f"/disputes/{dispute.number}/", follow=True)
        browser.get("/", follow=True)
        browser.get("/disputes/")
    assert len(reads.tables) > 8
    assert reads.tables <= set(TABLES)
