"""Danger found after registration."""

import pytest

from accounts.models import Appointment
from core.errors import NotFound, NotPermitted
from disputes.models import Dispute, TrailEntry
from disputes.services import danger
from notifications.models import Notice
from tests.factories.accounts import actor

pytestmark = pytest.mark.django_db


def test_danger_found_later_is_marked_recorded_and_told_to_the_duty_desk(
    register, coordinator: Appointment, duty: Appointment, now
):
    dispute = register()
    danger.mark(dispute_id=dispute.pk, by=actor(coordinator), now=now)
    dispute.refresh_from_db()
    assert dispute.danger
    assert TrailEntry.objects.filter(dispute=dispute, step="danger_reported").count() == 1
    assert Notice.objects.filter(recipient=duty.user, kind="danger").exists()
    assert Dispute.objects.visible_to(actor(duty)).filter(pk=dispute.pk).exists()


def test_marking_danger_twice_is_one_entry(register, coordinator: Appointment, now):
    dispute = register()
    for _again in range(2):
        danger.mark(dispute_id=dispute.pk, by=actor(coordinator), now=now)
    assert TrailEntry.objects.filter(dispute=dispute, step="danger_reported").count() == 1


def test_who_cannot_see_the_dispute_cannot_mark_it(register, outsider: Appointment, now):
    with pytest.raises(NotFound):
        danger.mark(dispute_id=register().pk, by=actor(outsider), now=now)


def test_a_post_that_does_not_work_on_disputes_cannot_mark_them(register, duty: Appointment, now):
    dispute = register(danger=True)
    Dispute.objects.filter(pk=dispute.pk).update(danger=False)
    with pytest.raises(NotPermitted):
        danger.mark(dispute_id=dispute.pk, by=actor(duty), now=now)
