from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from accounts.models import Appointment
from disputes.models import Dispute
from jurisdictions.choices import OrganizationKind, PostRole
from jurisdictions.models import Organization, Place, Post
from responsibility.models import Responsibility
from tests.factories.accounts import a_user, appoint
from tests.factories.disputes import registered

Register = Callable[..., Dispute]


@pytest.fixture
def now(monday: datetime, reference_data: None) -> datetime:
    return monday


@pytest.fixture
def register(clerk: Appointment, now: datetime) -> Register:
    def make(by: Appointment = clerk, **facts: Any) -> Dispute:
        return registered(by, now, **facts)

    return make


@pytest.fixture
def committees(people: dict[str, Appointment], places: dict[str, Place]) -> dict[str, Appointment]:
    """The governance committees of t01 and the county, each with its head."""
    made = {}
    for alias, code in (("t01", "t01.committee"), ("county", "county.committee")):
        committee = Organization.objects.create(
            code=code, name=code, kind=OrganizationKind.GOVERNANCE_COMMITTEE, place=places[alias]
        )
        post = Post.objects.create(organization=committee, role=PostRole.HEAD)
        made[code] = appoint(a_user(code), post)
    return made


def leave(appointment: Appointment) -> None:
    """The post is empty from the beginning."""
    Appointment.objects.filter(pk=appointment.pk).update(ends_on=date(2021, 1, 1))


def current(dispute: Dispute) -> Responsibility:
    return Responsibility.objects.select_related("post__organization").get(dispute=dispute, ends_at=None)


def leader(dispute: Dispute) -> str | None:
    post = (
        Dispute.objects.select_related("responsible_leader__organization")
        .get(pk=dispute.pk)
        .responsible_leader
    )
    return post.code if post else None
