"""Channels, working hours and failed deliveries, kept by the administrator alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import Appointment
from audit.choices import Action
from audit.models import AccessEvent
from core import clock
from notifications.choices import Channel, DeliveryState
from notifications.models import ChannelSetting, Delivery, WorkingHours
from tests.factories.notifications import LONG_AGO, a_delivery, open_channel
from tests.notifications.servers import MailServer

FAILURES, CHANNELS, HOURS = "/notifications/failures/", "/notifications/channels/", "/notifications/hours/"
ROBOT = "wecombot://key-that-nobody-may-read"


@pytest.fixture
def browser(admin: Appointment, client_of: Callable[[Appointment], Client]) -> Client:
    return client_of(admin)


def test_only_the_administrator_opens_them(
    people: dict[str, Appointment], client_of: Callable[[Appointment], Client]
) -> None:
    delivery = a_delivery(people["t01.clerk"].user, state=DeliveryState.FAILED)
    pages = [FAILURES, CHANNELS, HOURS, f"{CHANNELS}sms/"]
    posts = [f"{FAILURES}{delivery.pk}/repeat/", f"{FAILURES}{delivery.pk}/drop/", f"{CHANNELS}email/try/"]
    for username in ("t01.clerk", "county.office", "auditor", "t01.secretary"):
        browser = client_of(people[username])
        assert {browser.get(page).status_code for page in pages} == {403}
        assert {browser.post(url).status_code for url in posts} == {403}
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FAILED


def test_a_failure_is_counted_in_the_rail_and_shown_with_its_reason(
    browser: Client, clerk: Appointment
) -> None:
    assert "没有发送失败的消息" in browser.get(FAILURES).content.decode()
    delivery = a_delivery(
        clerk.user, state=DeliveryState.FAILED, error="550 no such mailbox", claimed_at=LONG_AGO, attempts=6
    )
    a_delivery(clerk.user, state=DeliveryState.UNKNOWN, claimed_at=LONG_AGO)
    page = browser.get(FAILURES).content.decode()
    assert "消息发送 (2)" in page
    assert delivery.notice.title in page
    assert "550 no such mailbox" in page
    assert "已试 6 次" in page


def test_a_repeated_message_leaves_again_with_its_own_id(
    browser: Client, clerk: Appointment, mailbox: MailServer, django_capture_on_commit_callbacks: Callable
) -> None:
    delivery = a_delivery(clerk.user, state=DeliveryState.UNKNOWN, attempts=3, claimed_at=LONG_AGO)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{FAILURES}{delivery.pk}/repeat/")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENT, 1)
    assert str(delivery.message_id) in mailbox.mails[0]
    event = AccessEvent.objects.get(action=Action.DELIVERY_DECIDED)
    assert (event.target_id, event.details["decision"]) == (str(delivery.pk), "repeat")


def test_a_dropped_message_leaves_the_list(browser: Client, clerk: Appointment) -> None:
    delivery = a_delivery(clerk.user, state=DeliveryState.FAILED, claimed_at=LONG_AGO)
    answer = browser.post(f"{FAILURES}{delivery.pk}/drop/", follow=True)
    assert "没有发送失败的消息" in answer.content.decode()
    assert Delivery.objects.get().state == DeliveryState.DROPPED


def test_who_comes_second_is_told_so(browser: Client, clerk: Appointment) -> None:
    delivery = a_delivery(clerk.user, state=DeliveryState.FAILED, claimed_at=LONG_AGO)
    browser.post(f"{FAILURES}{delivery.pk}/repeat/")
    answer = browser.post(f"{FAILURES}{delivery.pk}/repeat/")
    assert answer.status_code == 409
    assert "已经有人处理过了" in answer.content.decode()


def test_what_waits_and_what_was_sent_stand_behind_tabs(browser: Client, clerk: Appointment) -> None:
    waiting = a_delivery(clerk.user)
    sent = a_delivery(clerk.user, state=DeliveryState.SENT, sent_at=LONG_AGO)
    assert waiting.notice.title in browser.get(FAILURES, {"state": "waiting"}).content.decode()
    assert sent.notice.title in browser.get(FAILURES, {"state": "sent"}).content.decode()
    assert browser.get(FAILURES, {"state": "nonsense"}).context["state"] == "troubled"


def test_everything_but_mail_is_off_until_somebody_turns_it_on(browser: Client, reference_data: None) -> None:
    assert dict(ChannelSetting.objects.values_list("channel", "enabled")) == {
        channel: channel == Channel.EMAIL for channel in Channel.values
    }
    page = browser.get(CHANNELS).content.decode()
    assert page.count("停用") == 4


def test_an_address_is_kept_encrypted_and_never_shown_again(browser: Client) -> None:
    url = f"{CHANNELS}wecom/"
    browser.post(url, {"enabled": "on", "target": ROBOT})
    setting = ChannelSetting.objects.get(channel=Channel.WECOM)
    assert (setting.enabled, setting.target) == (True, ROBOT)
    for page in (url, CHANNELS):
        assert "nobody-may-read" not in browser.get(page).content.decode()
    event = AccessEvent.objects.get(action=Action.CONFIG_CHANGED)
    assert event.details["after"]["enabled"] is True
    assert "nobody-may-read" not in str(event.details)

    browser.post(url, {"enabled": "", "target": ""})
    setting.refresh_from_db()
    assert (setting.enabled, setting.target) == (False, ROBOT)


@pytest.mark.parametrize(
    ("channel", "target", "words"),
    [
        ("wecom", "", "启用前请先填写地址。"),
        ("wecom", "json://example.org/", "该渠道的地址应以 wecombot:// 开头。"),
        ("webhook", "jsons://", "地址格式不对"),
        ("sms", "no address at all", "地址格式不对"),
        ("sms", "syslog://", "地址格式不对"),
    ],
)
def test_an_address_that_cannot_work_is_told_at_its_field(
    browser: Client, channel: str, target: str, words: str
) -> None:
    answer = browser.post(f"{CHANNELS}{channel}/", {"enabled": "on", "target": target})
    assert words in answer.content.decode()
    assert not ChannelSetting.objects.filter(enabled=True).exists()


def test_a_channel_that_does_not_exist_is_not_found(browser: Client) -> None:
    assert browser.get(f"{CHANNELS}pigeon/").status_code == 404
    assert browser.post(f"{CHANNELS}pigeon/try/").status_code == 404


def test_trying_a_channel_sends_to_the_administrator_himself(
    browser: Client, admin: Appointment, mailbox: MailServer, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{CHANNELS}email/try/")
    assert admin.user.email in mailbox.mails[0]


def test_a_channel_that_is_off_cannot_be_tried(browser: Client) -> None:
    open_channel(Channel.EMAIL)  # on, but there is no mail server
    assert browser.post(f"{CHANNELS}sms/try/").status_code == 409


def test_new_hours_hold_from_their_day_on(browser: Client, reference_data: None) -> None:
    tomorrow = clock.shanghai_date(clock.now()) + timedelta(days=1)
    given = {"effective_from": tomorrow, "opens": "09:00", "closes": "18:00", "source": "县政府办通知"}
    assert browser.post(HOURS, given).status_code == 302
    assert [str(row) for row in WorkingHours.objects.all()] == ["09:00–18:00", "08:30–17:30"]
    page = browser.get(CHANNELS).content.decode()
    assert "待生效" in page
    assert "工作日 08:30–17:30" in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"effective_from": date(2020, 1, 1)}, "生效日期不能早于今天。"),
        ({"closes": "08:00"}, "下班时间应晚于上班时间。"),
        ({"opens": "25:00"}, "时间"),
        ({"source": ""}, "必填"),
    ],
)
def test_hours_that_make_no_sense_are_told_at_their_field(
    browser: Client, changed: dict[str, object], words: str
) -> None:
    given = {
        "effective_from": clock.shanghai_date(clock.now()),
        "opens": "09:00",
        "closes": "18:00",
        "source": "通知",
    }
    answer = browser.post(HOURS, given | changed)
    assert words in answer.content.decode()
    assert not WorkingHours.objects.exists()
