"""A level 1 or 2, or danger, opens a restricted case to those who must act, as long as it is so."""

from __future__ import annotations

from datetime import datetime

import pytest

from accounts.models import Appointment
from disputes.models import AccessGrant, Dispute
from disputes.services import danger
from jurisdictions.models import Organization, Post
from safekeeping.services import verify
from tests.disputes.conftest import Make
from tests.disputes.restricted.conftest import DIVORCE, HOUR, NEWBORN
from tests.factories.accounts import a_user, actor, appoint
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db


def sees(by: Appointment, dispute: Dispute) -> bool:
    return bool(Dispute.objects.visible_to(actor(by)).filter(pk=dispute.pk).exists())


@pytest.fixture
def police_head(people: dict[str, Appointment]) -> Appointment:
    station = Organization.objects.get(code="t01.police")
    return appoint(a_user("t01.police.head"), Post.objects.create(organization=station, role="head"))


@pytest.fixture
def who_acts(
    secretary: Appointment, mayor: Appointment, county_office: Appointment, police_head: Appointment
) -> tuple[Appointment, ...]:
    return secretary, mayor, county_office, police_head


def test_level_two_opens_it_to_all_four(register: Make, who_acts: tuple[Appointment, ...]) -> None:
    """Case 03 of the played week."""
    dispute = register(**NEWBORN)
    dispute.refresh_from_db()
    assert (dispute.warning_level, dispute.is_restricted) == (2, True)
    assert [sees(by, dispute) for by in who_acts] == [True] * 4
    assert verify.verify_dispute(dispute.pk).faults == []


def test_danger_found_later_opens_it(
    register: Make, clerk: Appointment, who_acts: tuple[Appointment, ...], now: datetime
) -> None:
    dispute = register(**DIVORCE)
    assert not any(sees(by, dispute) for by in who_acts)
    danger.mark(dispute_id=dispute.pk, told="派出所王警官", by=actor(clerk), now=now + HOUR)
    assert [sees(by, dispute) for by in who_acts] == [True] * 4
    assert verify.verify_dispute(dispute.pk).faults == []


def test_restricting_what_is_urgent_leaves_it_open_to_them(
    register: Make, coordinator: Appointment, who_acts: tuple[Appointment, ...], now: datetime
) -> None:
    dispute = register(**(NEWBORN | {"category": "education"}))
    take("restrict", dispute, coordinator, now + HOUR, reason="涉及未成年人")
    assert [sees(by, dispute) for by in who_acts] == [True] * 4
    take("lift_restriction", dispute, coordinator, now + HOUR, reason="已查明")
    assert not AccessGrant.objects.filter(dispute=dispute, reason="alarm", ends_at=None).exists()
    assert verify.verify_dispute(dispute.pk).faults == []


def test_the_other_town_acts_as_well(
    register: Make, people: dict[str, Appointment], county_head: Appointment
) -> None:
    dispute = register(**NEWBORN, towns=("t01", "t02"))
    assert sees(people["t02.secretary"], dispute)
    assert sees(people["t02.mayor"], dispute)
    assert not sees(county_head, dispute)


def test_who_is_complained_about_stays_out(
    register: Make, mayor: Appointment, secretary: Appointment, county_office: Appointment
) -> None:
    dispute = register(**NEWBORN, accused_people=("t01.mayor",))
    assert not sees(mayor, dispute)
    assert not Dispute.objects.listed_to(actor(mayor)).filter(pk=dispute.pk).exists()
    assert sees(secretary, dispute)
    assert sees(county_office, dispute)
