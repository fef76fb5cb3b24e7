"""Open steps when somebody leaves their post, goes away, or may not be asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Appointment, Delegation, User
from core.actor import Actor
from disputes.errors import NotPermitted
from disputes.models import Dispute
from early_warning.models import PhoneTask
from early_warning.services import answers, levels, stand_ins, sweep
from notifications.choices import Channel, DeliveryState
from notifications.models import ChannelSetting, Delivery, Notice
from tests.early_warning.escalations.conftest import asked, told
from tests.factories import disputes
from tests.factories.accounts import stand_in
from tests.factories.notifications import open_channel

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
Actors = Callable[[Appointment], Actor]


@pytest.fixture
def leaves(actor: Actors, admin: Appointment, now: datetime) -> Callable[..., None]:
    """An appointment ends; somebody may follow in the post."""

    def end(gone: Appointment, successor: Appointment | None = None) -> None:
        Appointment.objects.filter(pk=gone.pk).update(ends_on=now.date())
        if successor is not None:
            Appointment.objects.create(user=successor.user, post=gone.post, starts_on=now.date())
        stand_ins.hand_over(appointment_id=gone.pk, by=actor(admin), now=now + DAY)

    return end


def test_a_post_that_falls_vacant_is_told_to_the_county_office(
    warned: Any, mayor: Appointment, leaves: Callable[..., None]
) -> None:
    warning = warned(2)
    leaves(mayor)
    assert told(warning) == [("t01.mayor", "vacant"), ("t01.secretary", "")]
    notice = Notice.objects.get(kind="warning.office", recipient__username="county.office")
    assert "岗位空缺" in notice.title


def test_a_successor_is_asked_with_a_fresh_notice(
    warned: Any, mayor: Appointment, mediator: Appointment, leaves: Callable[..., None]
) -> None:
    row = asked(warned(2))
    leaves(mayor, mediator)
    row.refresh_from_db()
    assert (row.addressee, row.is_open) == (mediator.user, True)
    assert Notice.objects.filter(recipient=mediator.user, kind="warning.escalation").exists()


def test_a_successor_the_dispute_is_about_is_passed_over(
    warned: Any, mayor: Appointment, deputy: Appointment, leaves: Callable[..., None]
) -> None:
    warning = warned(2, accused_people=("t01.deputy",))
    leaves(mayor, deputy)
    assert told(warning) == [("t01.mayor", "barred"), ("t01.secretary", "")]
    assert not Notice.objects.filter(recipient=deputy.user, kind__startswith="warning").exists()


def test_a_successor_who_was_asked_on_an_earlier_step_is_passed_over(
    warned: Any, mayor: Appointment, deputy: Appointment, now: datetime, leaves: Callable[..., None]
) -> None:
    warning = warned(3)
    sweep.sweep(now + 24 * HOUR)
    leaves(mayor, deputy)
    assert told(warning) == [
        ("t01.deputy", "unacknowledged"),
        ("t01.mayor", "skipped"),
        ("t01.secretary", ""),
    ]


def test_a_stand_in_whom_no_channel_reaches_is_phoned(
    warned: Any, mayor: Appointment, mediator: Appointment, duty: Appointment, now: datetime
) -> None:
    row = asked(warned(2))
    PhoneTask.objects.all().delete()
    ChannelSetting.objects.update(enabled=False)
    Delegation.objects.create(
        appointment=mayor,
        stand_in=mediator.user,
        starts_at=now + HOUR,
        ends_at=now + 3 * DAY,
        reason="外出学习",
        entered_by=mayor.user,
        entered_at=now,
    )
    sweep.sweep(now + HOUR)
    task = PhoneTask.objects.get(escalation=row)
    assert (task.duty_post_id, task.opened_at) == (duty.post_id, now + HOUR)
    assert Notice.objects.filter(recipient=duty.user, kind="warning.phone").count() == 1


def test_a_stand_in_whose_message_fails_later_is_phoned_though_the_leaders_own_arrived(
    warned: Any, mayor: Appointment, mediator: Appointment, now: datetime
) -> None:
    open_channel(Channel.EMAIL)
    User.objects.filter(pk__in=[mayor.user_id, mediator.user_id]).update(email="leader@example.test")
    row = asked(warned(2))
    stand_in(mayor, mediator.user, starts_at=now + HOUR, ends_at=now + 3 * DAY)
    sweep.sweep(now + HOUR)
    assert not PhoneTask.objects.filter(escalation=row).exists()
    messages = Delivery.objects.filter(notice__kind="warning.escalation", notice__url__contains=f"/{row.pk}/")
    messages.filter(notice__recipient=mayor.user).update(state=DeliveryState.SENT, sent_at=now)
    messages.filter(notice__recipient=mediator.user).update(state=DeliveryState.FAILED)
    sweep.sweep(now + HOUR + timedelta(minutes=5))
    assert PhoneTask.objects.filter(escalation=row).exists()


def test_a_step_that_is_over_is_still_refused_to_whom_it_was_not_addressed(
    warned: Any, mayor: Appointment, deputy: Appointment, actor: Actors, now: datetime
) -> None:
    row = asked(warned(2))
    answers.no_result(escalation_id=row.pk, account="没谈拢。", by=actor(mayor), now=now + HOUR)
    with pytest.raises(NotPermitted):
        answers.acknowledge(escalation_id=row.pk, by=actor(deputy), now=now + HOUR)


def test_consent_is_never_asked_of_a_post_whose_holder_is_barred(
    warned: Any, mayor: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(2, accused_people=("t01.secretary",))
    request = levels.lower(warning_id=warning.pk, level_to=3, reason="人已散去。", by=actor(mayor), now=now)
    assert request.consent_of is not None
    assert request.consent_of.code == "county.gov:deputy"


def test_a_merge_carries_the_confirmation_with_the_warning(
    warned: Any, coordinator: Appointment, clerk: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(2)
    levels.confirm(warning_id=warning.pk, reason="已到场核实。", by=actor(coordinator), now=now)
    target = disputes.registered(clerk, now)
    disputes.take("accept", target, coordinator, now)
    merged = Dispute.objects.get(pk=warning.dispute_id)
    disputes.take("merge", merged, coordinator, now + HOUR, into=target.number)
    carried = target.warnings.get()
    assert (carried.level, carried.state, carried.confirmed_at) == (2, "confirmed", now)
    about = Notice.objects.filter(kind__startswith="warning", title__contains=target.display_number)
    titles = list(about.values_list("title", flat=True))
    assert titles
    assert not any("待核" in title for title in titles)


def test_many_rows_come_over_to_a_stand_in_in_as_many_statements_as_a_few(
    warned: Any,
    mayor: Appointment,
    mediator: Appointment,
    now: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    many = [warned(2) for _number in range(25)]
    Delegation.objects.create(
        appointment=mayor,
        stand_in=mediator.user,
        starts_at=now + HOUR,
        ends_at=now + 3 * DAY,
        reason="外出学习",
        entered_by=mayor.user,
        entered_at=now,
    )
    with django_assert_max_num_queries(60):
        assert sweep.sweep(now + HOUR).passed_over == len(many)
    assert {asked(warning).addressee for warning in many} == {mediator.user}


def test_rows_that_cannot_be_passed_over_do_not_keep_others_from_climbing(
    warned: Any, mayor: Appointment, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**given: Any) -> int:
        raise ValueError("cannot be handled")

    monkeypatch.setattr(stand_ins, "left_behind", lambda now: [mayor.pk])
    monkeypatch.setattr(stand_ins, "hand_over", fail)
    due = warned(3)
    report = sweep.sweep(now + 30 * DAY)
    assert (report.failed, report.climbed) == (1, 1)
    assert told(due)[0] == ("t01.deputy", "unacknowledged")
