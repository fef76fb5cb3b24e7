from collections.abc import Iterator
from datetime import datetime

import pytest
from pytest_django import Settings

from core.clock import SHANGHAI
from notifications.choices import Channel
from tests.factories.notifications import open_channel
from tests.notifications.servers import MailServer, Receiver, mail_server, receiver


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def mailbox(settings: Settings, people: object) -> Iterator[MailServer]:
    """E-mail is on and goes to a server of the test's."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = server.port
        settings.EMAIL_TIMEOUT = 5
        open_channel(Channel.EMAIL)
        yield server


@pytest.fixture
def hook(people: object) -> Iterator[Receiver]:
    """A webhook for everybody at once is on."""
    with receiver() as book:
        open_channel(Channel.WEBHOOK, f"json://127.0.0.1:{book.port}/in")
        yield book
