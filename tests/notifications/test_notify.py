"""Telling people: once for each key, at once inside, queued for what leaves the system."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from accounts.models import Appointment
from notifications.choices import Channel
from notifications.models import Delivery, Notice, Preference
from notifications.services import NewNotice, notify, notify_many
from tests.factories.notifications import open_channel
from tests.notifications.conftest import at

MORNING = at(2, 9)


def tell(*people: Appointment, key: str = "k", urgent: bool = True, now: datetime = MORNING) -> None:
    notify(
        recipients=[person.user_id for person in people],
        kind="test",
        title="t01-2026-000001 请签收",
        url="/disputes/t01-2026-000001/",
        dedupe_key=key,
        urgent=urgent,
        now=now,
    )


def channels_of(person: Appointment) -> set[str]:
    return set(Delivery.objects.filter(notice__recipient=person.user).values_list("channel", flat=True))


def test_a_notice_stands_in_the_list_as_soon_as_it_is_written(
    clerk: Appointment, handler: Appointment
) -> None:
    tell(clerk, handler)
    assert Notice.objects.of(clerk.user_id).get().title == "t01-2026-000001 请签收"
    assert Notice.objects.of(handler.user_id).unread().count() == 1


def test_the_same_key_is_told_once_to_each_person(clerk: Appointment, handler: Appointment) -> None:
    tell(clerk)
    tell(clerk, clerk, handler, now=at(2, 10))
    assert Notice.objects.of(clerk.user_id).get().created_at == at(2, 9)
    assert Notice.objects.count() == 2


def test_what_is_rolled_back_was_never_told(clerk: Appointment) -> None:
    with transaction.atomic():
        tell(clerk)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_without_an_open_channel_nothing_waits_to_leave(clerk: Appointment) -> None:
    tell(clerk)
    assert not Delivery.objects.exists()


@pytest.mark.usefixtures("mailbox", "reference_data")
def test_urgent_leaves_at_once_and_a_reminder_in_working_hours(clerk: Appointment) -> None:
    tell(clerk, key="urgent", now=at(6, 22))  # Friday night
    tell(clerk, key="reminder", urgent=False, now=at(6, 22))
    waits = dict(Delivery.objects.values_list("notice__dedupe_key", "next_attempt_at"))
    assert waits == {"urgent": at(6, 22), "reminder": at(9, 8, 30)}


@pytest.mark.usefixtures("mailbox")
def test_telling_again_queues_nothing_again(clerk: Appointment) -> None:
    tell(clerk)
    tell(clerk)
    tell(clerk, now=at(3, 9))
    assert Delivery.objects.count() == 1


@pytest.mark.usefixtures("mailbox")
def test_who_wants_no_mail_gets_only_urgent_mail(clerk: Appointment) -> None:
    Preference.objects.create(user=clerk.user, email=False)
    tell(clerk, key="a", urgent=False)
    assert channels_of(clerk) == set()
    tell(clerk, key="b", urgent=True)
    assert channels_of(clerk) == {Channel.EMAIL}


@pytest.mark.usefixtures("mailbox")
def test_nobody_without_an_address_is_queued(clerk: Appointment, handler: Appointment) -> None:
    open_channel(Channel.SMS, "json://127.0.0.1:1/send?to={phone}")
    handler.user.phone = "13800138000"
    handler.user.email = ""
    handler.user.save()
    tell(clerk, handler)
    assert channels_of(clerk) == {Channel.EMAIL}
    assert channels_of(handler) == {Channel.SMS}


def test_a_group_is_told_each_thing_once(
    clerk: Appointment, handler: Appointment, mayor: Appointment
) -> None:
    open_channel(Channel.WECOM, "wecombot://key-of-a-group-robot")
    tell(clerk, handler)
    tell(mayor)
    assert Delivery.objects.get().notice.recipient_id in {clerk.user_id, handler.user_id}


@pytest.mark.usefixtures("mailbox")
def test_a_batch_costs_the_same_few_statements_whatever_its_size(
    people: dict[str, Appointment], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    users = tuple(person.user_id for person in people.values())

    def batch(size: int, name: str) -> list[NewNotice]:
        return [NewNotice(users, "test", "请签收", "", "/", f"{name}:{n}") for n in range(size)]

    for size, name in ((1, "one"), (20, "twenty")):
        with django_assert_max_num_queries(10):
            notify_many(batch(size, name), now=at(2, 9))
    assert Delivery.objects.count() == len(users) * 21
