"""Wake a sender once queued rows are committed; tell stand-ins that their time has come."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.events import DelegationStarted, delegation_started
from accounts.models import Delegation
from core.language import in_house_language
from notifications.events import deliveries_queued
from notifications.services import notify
from notifications.tasks import wake_sender


def connect() -> None:
    deliveries_queued.connect(on_queued, dispatch_uid="notifications.wake_sender")
    delegation_started.connect(on_delegation_started, dispatch_uid="notifications.delegation_started")


def on_queued(**_kwargs: Any) -> None:
    transaction.on_commit(wake_sender, robust=True)


@in_house_language
def on_delegation_started(event: DelegationStarted, **_kwargs: Any) -> None:
    delegation = Delegation.objects.select_related("appointment__post__organization").get(
        pk=event.delegation_id
    )
    notify(
        recipients=[event.stand_in_id],
        kind="delegation.started",
        title=_("您开始代理%(post)s，请切换岗位办理。") % {"post": delegation.appointment.post},
        url=reverse("home"),
        dedupe_key=f"delegation:{event.delegation_id}",
        urgent=True,
        now=event.now,
    )
