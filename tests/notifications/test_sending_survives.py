"""Sending beside itself, killed half-way, and without a broker."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from celery import current_app as app
from django.db import connection, connections, transaction
from kombu import pools

from accounts.models import Appointment
from notifications.channels import mail
from notifications.choices import DeliveryState
from notifications.jobs import deliveries
from notifications.models import Delivery
from notifications.services import notify, sending
from tests.factories.notifications import a_delivery
from tests.notifications.conftest import at
from tests.notifications.servers import MailServer

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at(2, 9)
SENDERS = 4


@pytest.fixture(autouse=True)
def committed(transactional_db: None) -> None:
    """Other connections must see the rows."""


def in_thread(work: Callable[[], int]) -> int:
    try:
        return work()
    finally:
        connections.close_all()


def test_many_senders_at_once_send_each_message_once(mailbox: MailServer, clerk: Appointment) -> None:
    rows = [a_delivery(clerk.user) for _ in range(40)]
    start = threading.Barrier(SENDERS)

    def work() -> int:
        start.wait()
        return deliveries(NOW).tried

    with ThreadPoolExecutor(SENDERS) as pool:
        counts = [f.result() for f in [pool.submit(in_thread, work) for _ in range(SENDERS)]]

    assert sum(counts) == len(mailbox.mails) == len(rows)
    for row in rows:
        assert sum(str(row.message_id) in text for text in mailbox.mails) == 1
    assert set(Delivery.objects.values_list("state", "attempts")) == {(DeliveryState.SENT, 1)}


def send_and_die(port: int) -> None:
    """In a process of its own: the message leaves, then the power fails."""
    connection.close()
    send = mail.send

    def last_words(message: mail.Message) -> None:
        send(message)
        os._exit(9)

    mail.send = last_words  # type: ignore[assignment]
    sending.send_next(now=NOW)


def test_who_dies_between_sending_and_recording_leaves_an_unknown(
    mailbox: MailServer, clerk: Appointment
) -> None:
    delivery = a_delivery(clerk.user)
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=send_and_die, args=(mailbox.port,))
    process.start()
    process.join(60)

    assert process.exitcode == 9
    assert len(mailbox.mails) == 1
    assert deliveries(NOW + timedelta(minutes=5)).lost == 0
    assert deliveries(NOW + timedelta(minutes=11)).lost == 1
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.UNKNOWN
    assert deliveries(NOW + timedelta(days=1)).tried == 0
    assert len(mailbox.mails) == 1


@pytest.fixture
def broker_away() -> Iterator[None]:
    """Messages go to an address where nobody listens."""
    was = {name: app.conf[name] for name in ("task_always_eager", "broker_url")}
    _broker({"task_always_eager": False, "broker_url": "redis://127.0.0.1:1/0"})
    yield
    _broker(was)


def _broker(conf: dict[str, object]) -> None:
    """Celery remembers connections; they are forgotten with the address."""
    app.conf.update(conf)
    pools.reset()
    app._pool = None
    app.amqp._producer_pool = None


def tell(person: Appointment) -> None:
    notify(recipients=[person.user_id], kind="test", title="x", dedupe_key="k", urgent=True, now=NOW, url="/")


def test_with_the_broker_away_the_row_waits_and_the_sweep_sends_it(
    broker_away: None, mailbox: MailServer, clerk: Appointment
) -> None:
    with transaction.atomic():
        tell(clerk)
    assert Delivery.objects.get().state == DeliveryState.WAITING
    assert deliveries(NOW).tried == 1
    assert len(mailbox.mails) == 1


def test_a_commit_sends_what_was_told_in_it(mailbox: MailServer, clerk: Appointment) -> None:
    with transaction.atomic():
        tell(clerk)
        assert mailbox.mails == []
    assert len(mailbox.mails) == 1
    assert Delivery.objects.get().state == DeliveryState.SENT
