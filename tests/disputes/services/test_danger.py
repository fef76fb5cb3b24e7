"""Danger found after registration."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from accounts.models import Appointment
from core.errors import InvalidInput, NotFound, NotPermitted
from disputes.models import Dispute, TrailEntry
from disputes.services import danger, intake
from notifications.models import Notice
from tests.factories.accounts import actor
from tests.factories.disputes import QUARREL

pytestmark = pytest.mark.django_db
TOLD = "派出所王警官"


def test_danger_found_later_is_marked_recorded_and_told_to_the_duty_desk(
    register, coordinator: Appointment, duty: Appointment, now
):
    dispute = register()
    danger.mark(dispute_id=dispute.pk, told=TOLD, by=actor(coordinator), now=now)
    dispute.refresh_from_db()
    assert dispute.danger
    assert TrailEntry.objects.filter(dispute=dispute, step="danger_reported").count() == 1
    assert Notice.objects.filter(recipient=duty.user, kind="danger").exists()
    assert Dispute.objects.visible_to(actor(duty)).filter(pk=dispute.pk).exists()


def test_marking_danger_twice_is_one_entry(register, coordinator: Appointment, now):
    dispute = register()
    for _again in range(2):
        danger.mark(dispute_id=dispute.pk, told=TOLD, by=actor(coordinator), now=now)
    assert TrailEntry.objects.filter(dispute=dispute, step="danger_reported").count() == 1


def test_who_cannot_see_the_dispute_cannot_mark_it(register, outsider: Appointment, now):
    with pytest.raises(NotFound):
        danger.mark(dispute_id=register().pk, told=TOLD, by=actor(outsider), now=now)


def test_a_post_that_does_not_work_on_disputes_cannot_mark_them(register, duty: Appointment, now):
    dispute = register(danger=True)
    Dispute.objects.filter(pk=dispute.pk).update(danger=False)
    with pytest.raises(NotPermitted):
        danger.mark(dispute_id=dispute.pk, told=TOLD, by=actor(duty), now=now)


# the red line (domain.md): the police and the leader on duty first, and it is written down who and when
WRONG = [
    ({"told": ""}, "told"),
    ({"told": " \t\n"}, "told"),
    ({"told": "长" * 201}, "told"),
    ({"told": TOLD, "told_at": datetime.fromisoformat("0026-03-02T08:00+08:00")}, "told_at"),
    ({"told": TOLD, "told_at": datetime.fromisoformat("2036-03-02T08:00+08:00")}, "told_at"),
]


@pytest.mark.parametrize(("given", "field"), WRONG)
def test_it_is_asked_the_same_at_registration_and_after_it(
    register, coordinator: Appointment, now, given: dict[str, Any], field: str
):
    dispute = register()
    with pytest.raises(InvalidInput) as later:
        danger.mark(dispute_id=dispute.pk, **given, by=actor(coordinator), now=now)
    facts = {"danger": True} | {f"danger_{name}": value for name, value in given.items()}
    with pytest.raises(InvalidInput) as first:
        intake.register(facts=replace(QUARREL, **facts), by=actor(coordinator), now=now)
    assert set(later.value.errors) == {field}
    assert set(first.value.errors) == {f"danger_{field}"}
    assert later.value.errors[field] == first.value.errors[f"danger_{field}"]
    dispute.refresh_from_db()
    assert not dispute.danger
    assert not TrailEntry.objects.filter(dispute=dispute, step="danger_reported").exists()


def test_where_danger_stood_without_a_name_it_is_asked_and_taken_down(
    register, coordinator: Appointment, now
):
    dispute = register()
    Dispute.objects.filter(pk=dispute.pk).update(danger=True)  # as rows of earlier days are
    with pytest.raises(InvalidInput):
        danger.mark(dispute_id=dispute.pk, told="", by=actor(coordinator), now=now)
    danger.mark(dispute_id=dispute.pk, told=TOLD, by=actor(coordinator), now=now)
    dispute.refresh_from_db()
    assert (dispute.danger_told, dispute.danger_told_at) == (TOLD, now)
