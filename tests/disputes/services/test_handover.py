"""Somebody leaves their post: what they answered for is passed on at once, and nothing is lost."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import Appointment
from accounts.open_work import open_work_of
from accounts.services import appointments
from core.clock import shanghai_date
from disputes.models import Dispute, TrailEntry
from jurisdictions.models import Post
from notifications.models import Notice
from tests.factories import accounts, disputes

Make = Callable[..., Dispute]


@pytest.fixture
def colleague(handler: Appointment) -> Appointment:
    """A second handler of the justice office."""
    return accounts.appoint(accounts.a_user("t01.justice2"), handler.post)


def leave(person: Appointment, security: Appointment, now: datetime, to: Appointment | None = None) -> None:
    appointments.end(
        appointment_id=person.pk,
        ends_on=shanghai_date(now),
        successor_id=to.pk if to else None,
        by=accounts.actor(security),
        now=now,
    )


def entries(dispute: Dispute) -> list[str]:
    rows = TrailEntry.objects.filter(dispute=dispute).order_by("seq")
    return list(rows.values_list("step", flat=True))


def test_what_is_open_is_listed_by_number_and_status(
    in_hand: Make, handler: Appointment, colleague: Appointment
) -> None:
    dispute = in_hand()
    assert [(work.number, bool(work.status)) for work in open_work_of(handler)] == [
        (dispute.display_number, True)
    ]
    assert open_work_of(colleague) == []


def test_the_chosen_successor_answers_for_it_from_now_on(
    in_hand: Make, handler: Appointment, colleague: Appointment, security: Appointment, now: datetime
) -> None:
    dispute = in_hand()
    leave(handler, security, now, colleague)
    dispute.refresh_from_db()
    assert dispute.responsible_person == colleague
    assert dispute.assignments.get(ended_at=None).person == colleague
    assert entries(dispute)[-1] == "change_person"
    assert Notice.objects.filter(recipient=colleague.user, kind="step.change_person").exists()


def test_nobody_chosen_means_the_units_next_person_and_the_dispatcher_is_told(
    in_hand: Make,
    handler: Appointment,
    colleague: Appointment,
    coordinator: Appointment,
    security: Appointment,
    now: datetime,
) -> None:
    dispute = in_hand()
    leave(handler, security, now)
    dispute.refresh_from_db()
    assert dispute.responsible_person == colleague
    assert "待定责任人" in Notice.objects.get(recipient=coordinator.user, kind="person_left").title


def test_with_nobody_left_the_dispatcher_must_decide(
    in_hand: Make, handler: Appointment, coordinator: Appointment, security: Appointment, now: datetime
) -> None:
    dispute = in_hand()
    leave(handler, security, now)
    dispute.refresh_from_db()
    assert dispute.responsible_person == handler
    assert "请重新指定" in Notice.objects.get(recipient=coordinator.user, kind="person_left").title


def test_who_left_sees_it_no_more_in_another_post(
    in_hand: Make, handler: Appointment, colleague: Appointment, village: Appointment, security: Appointment,
    now: datetime,
) -> None:  # fmt: skip
    dispute = in_hand()
    leave(handler, security, now, colleague)
    elsewhere = accounts.appoint(handler.user, village.post)
    assert not Dispute.objects.visible_to(accounts.actor(elsewhere)).filter(pk=dispute.pk).exists()


def test_closed_cases_keep_the_name_of_who_did_them(
    register: Make, handler: Appointment, colleague: Appointment, coordinator: Appointment, security: Appointment,
    now: datetime,
) -> None:  # fmt: skip
    dispute = register()
    Dispute.objects.filter(pk=dispute.pk).update(
        status="withdrawn", responsible_person=handler, lead_unit=handler.post.organization
    )
    before = entries(dispute)
    leave(handler, security, now, colleague)
    dispute.refresh_from_db()
    assert (dispute.responsible_person, entries(dispute)) == (handler, before)


def sees(person: Appointment, dispute: Dispute) -> bool:
    return Dispute.objects.visible_to(accounts.actor(person)).filter(pk=dispute.pk).exists()


def closed(dispute: Dispute) -> Dispute:
    Dispute.objects.filter(pk=dispute.pk).update(status="withdrawn")
    return dispute


def test_what_he_closed_is_out_of_his_sight_in_another_post(
    in_hand: Make, handler: Appointment, village: Appointment, security: Appointment, now: datetime
) -> None:
    dispute = closed(in_hand())
    leave(handler, security, now)
    assert not sees(accounts.appoint(handler.user, village.post), dispute)


def test_what_he_had_in_hand_is_out_of_his_sight_though_nobody_took_over(
    in_hand: Make, handler: Appointment, village: Appointment, security: Appointment, now: datetime
) -> None:
    dispute = in_hand()
    elsewhere = accounts.appoint(handler.user, village.post)
    assert sees(elsewhere, dispute)
    leave(handler, security, now)
    assert not sees(elsewhere, dispute)


def test_what_he_registered_is_out_of_his_sight_in_another_town(
    register: Make, clerk: Appointment, outsider: Appointment, security: Appointment, now: datetime
) -> None:
    dispute = register()
    leave(clerk, security, now)
    assert not sees(accounts.appoint(clerk.user, outsider.post), dispute)


def test_another_post_in_the_same_unit_goes_on_seeing_what_the_unit_had(
    in_hand: Make, handler: Appointment, colleague: Appointment, security: Appointment, now: datetime
) -> None:
    dispute = closed(in_hand(restricted=True))
    again = accounts.appoint(
        handler.user, Post.objects.create(organization=handler.post.organization, role="head")
    )
    leave(handler, security, now)
    assert sees(again, dispute)
    assert sees(colleague, dispute) is False


def test_the_successor_goes_on_where_the_other_stopped(
    in_hand: Make, handler: Appointment, colleague: Appointment, security: Appointment, now: datetime
) -> None:
    dispute = in_hand()
    leave(handler, security, now, colleague)
    done = disputes.take(
        "submit_result", dispute, colleague, now, outcome="written_agreement", account="双方签字。"
    )
    assert done.status == "result_submitted"
