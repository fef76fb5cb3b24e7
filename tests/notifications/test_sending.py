"""Sending on real sockets: once, tried again, given up, unclear."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from accounts.models import Appointment
from notifications.choices import Channel, DeliveryState
from notifications.jobs import deliveries
from notifications.models import Delivery
from notifications.rules.backoff import PAUSES
from notifications.services import sending
from tests.factories.notifications import a_delivery, a_notice, open_channel
from tests.notifications.conftest import at
from tests.notifications.servers import MailServer, Receiver

NOW = at(2, 9)


def test_a_mail_says_one_line_and_where_to_look(
    mailbox: MailServer, clerk: Appointment, settings: Settings
) -> None:
    settings.SITE_URL = "https://hejie.example.org"
    notice = a_notice(clerk.user, title="t01-2026-000007 sign please", body="王某某与李某某的纠纷")
    delivery = a_delivery(clerk.user, notice=notice)

    assert sending.send_next(now=NOW)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at, delivery.attempts) == (DeliveryState.SENT, NOW, 1)
    [mail] = mailbox.mails
    assert f"Message-ID: <{delivery.message_id}@localhost>" in mail
    assert "t01-2026-000007 sign please" in mail
    assert clerk.user.email in mail
    assert "王某某" not in mail
    assert not sending.send_next(now=NOW)


def test_a_server_that_is_away_is_tried_again_later_and_then_given_up(
    mailbox: MailServer, clerk: Appointment, settings: Settings
) -> None:
    settings.EMAIL_PORT = 1  # nobody listens
    delivery = a_delivery(clerk.user)
    moment = NOW
    for pause in PAUSES:
        assert sending.send_next(now=moment)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.next_attempt_at) == (DeliveryState.WAITING, moment + pause)
        assert not sending.send_next(now=moment)
        moment += pause
    sending.send_next(now=moment)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, len(PAUSES) + 1)
    assert delivery.error


def test_what_waited_leaves_with_the_same_message_id(
    mailbox: MailServer, clerk: Appointment, settings: Settings
) -> None:
    settings.EMAIL_PORT = 1
    delivery = a_delivery(clerk.user)
    sending.send_next(now=NOW)
    settings.EMAIL_PORT = mailbox.port
    sending.send_next(now=NOW + timedelta(minutes=1))
    assert str(delivery.message_id) in mailbox.mails[0]


@pytest.mark.parametrize(
    ("answer", "state"),
    [("554 no", DeliveryState.FAILED), ("451 later", DeliveryState.WAITING), ("", DeliveryState.UNKNOWN)],
)
def test_what_the_server_says_decides(
    mailbox: MailServer, clerk: Appointment, answer: str, state: DeliveryState
) -> None:
    mailbox.answer = answer
    delivery = a_delivery(clerk.user)
    sending.send_next(now=NOW)
    delivery.refresh_from_db()
    assert delivery.state == state


def test_an_address_that_does_not_exist_fails_at_once(mailbox: MailServer, clerk: Appointment) -> None:
    mailbox.to = "550 no such mailbox"
    delivery = a_delivery(clerk.user)
    sending.send_next(now=NOW)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == (DeliveryState.FAILED, "550 no such mailbox")
    assert mailbox.mails == []


def test_a_webhook_gets_the_line(hook: Receiver, clerk: Appointment) -> None:
    delivery = a_delivery(clerk.user, channel=Channel.WEBHOOK)
    sending.send_next(now=NOW)
    [(path, body)] = hook.got
    assert path == "/in"
    assert body["message"] == delivery.notice.title


def test_an_address_takes_the_recipients_own_marks(hook: Receiver, clerk: Appointment) -> None:
    clerk.user.phone = "13800138000"
    clerk.user.save()
    open_channel(Channel.SMS, f"json://127.0.0.1:{hook.port}/send/{{phone}}/{{username}}")
    a_delivery(clerk.user, channel=Channel.SMS)
    sending.send_next(now=NOW)
    assert hook.got[0][0] == "/send/13800138000/t01.clerk"


@pytest.mark.parametrize(("urgent", "state"), [(True, "waiting"), (False, "unknown")])
def test_a_channel_that_says_no_is_repeated_only_for_urgent_messages(
    hook: Receiver, clerk: Appointment, urgent: bool, state: str
) -> None:
    hook.status = 500
    delivery = a_delivery(clerk.user, channel=Channel.WEBHOOK, urgent=urgent)
    sending.send_next(now=NOW)
    delivery.refresh_from_db()
    assert delivery.state == state
    assert delivery.error


def test_a_channel_switched_off_meanwhile_is_said(clerk: Appointment) -> None:
    delivery = a_delivery(clerk.user, channel=Channel.WEBHOOK)
    sending.send_next(now=NOW)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == (DeliveryState.FAILED, "该渠道已停用。")


def test_urgent_goes_before_what_waited_longer(mailbox: MailServer, clerk: Appointment) -> None:
    reminder = a_delivery(clerk.user, urgent=False, next_attempt_at=at(1, 1))
    urgent = a_delivery(clerk.user, next_attempt_at=at(2, 1))
    sending.send_next(now=NOW)
    reminder.refresh_from_db()
    urgent.refresh_from_db()
    assert (urgent.state, reminder.state) == (DeliveryState.SENT, DeliveryState.WAITING)


@pytest.mark.usefixtures("reference_data")
@pytest.mark.parametrize(
    "moment", [at(2, 8, 29), at(2, 17, 30), at(7, 10)], ids=["early", "evening", "Saturday"]
)
def test_a_reminder_does_not_leave_outside_working_hours(
    mailbox: MailServer, clerk: Appointment, moment: object
) -> None:
    a_delivery(clerk.user, urgent=False)
    urgent = a_delivery(clerk.user)
    assert deliveries(moment).tried == 1  # type: ignore[arg-type]
    urgent.refresh_from_db()
    assert urgent.state == DeliveryState.SENT
    assert deliveries(at(9, 8, 30)).tried == 1
    assert Delivery.objects.filter(state=DeliveryState.SENT).count() == 2


@pytest.mark.usefixtures("reference_data")
def test_a_reminder_that_failed_in_the_evening_waits_for_the_morning(
    mailbox: MailServer, clerk: Appointment, settings: Settings
) -> None:
    settings.EMAIL_PORT = 1
    delivery = a_delivery(clerk.user, urgent=False)
    sending.send_next(now=at(6, 17, 29))
    delivery.refresh_from_db()
    assert delivery.next_attempt_at == at(9, 8, 30)


def test_a_reminder_read_before_it_left_stays_here(mailbox: MailServer, clerk: Appointment) -> None:
    delivery = a_delivery(clerk.user, urgent=False, notice=a_notice(clerk.user, read_at=NOW))
    assert deliveries(at(2, 10)).tried == 1
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.DROPPED
    assert mailbox.mails == []
