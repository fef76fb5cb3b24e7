"""Wake a sender once queued rows are committed; tell of absences and of who stands in."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.events import DelegationEntered, DelegationStarted, delegation_entered, delegation_started
from accounts.models import Delegation
from core.language import in_house_language
from core.templatetags.components import sh_time
from notifications.events import deliveries_queued
from notifications.services import notify
from notifications.tasks import wake_sender


def connect() -> None:
    deliveries_queued.connect(on_queued, dispatch_uid="notifications.wake_sender")
    delegation_entered.connect(on_delegation_entered, dispatch_uid="notifications.delegation_entered")
    delegation_started.connect(on_delegation_started, dispatch_uid="notifications.delegation_started")


def on_queued(**_kwargs: Any) -> None:
    transaction.on_commit(wake_sender, robust=True)


@in_house_language
def on_delegation_entered(event: DelegationEntered, **_kwargs: Any) -> None:
    """The absent one hears of it, unless he entered it himself."""
    delegation = Delegation.objects.with_people().get(pk=event.delegation_id)
    absent = delegation.appointment.user_id
    if absent == delegation.entered_by_id:
        return
    notify(
        recipients=[absent],
        kind="delegation.entered",
        title=_("%(name)s已被登记代理您的岗位：%(post)s")
        % {"name": delegation.stand_in.name, "post": delegation.appointment.post},
        body=_("由%(by)s登记，自%(start)s至%(end)s。事由：%(reason)s。如有不妥，请结束这项代理。")
        % {
            "by": event.by.label,
            "start": sh_time(delegation.starts_at),
            "end": sh_time(delegation.ends_at),
            "reason": delegation.reason,
        },
        url=reverse("accounts:delegations"),
        dedupe_key=f"delegation.entered:{delegation.pk}",
        now=event.now,
    )


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
