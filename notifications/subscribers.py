"""Rows were queued: wake a sender once they are committed."""

from typing import Any

from django.db import transaction

from notifications.events import deliveries_queued
from notifications.tasks import wake_sender


def connect() -> None:
    deliveries_queued.connect(on_queued, dispatch_uid="notifications.wake_sender")


def on_queued(**_: Any) -> None:
    transaction.on_commit(wake_sender, robust=True)
