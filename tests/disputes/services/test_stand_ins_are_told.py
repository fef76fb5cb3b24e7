"""Who stands in hears what the absent one would have to do, beside them."""

from datetime import timedelta

from accounts.models import User
from accounts.services import delegations
from calendars.services.sweep import sweep
from notifications.models import Notice
from tests.factories.accounts import actor, stand_in
from tests.factories.disputes import registered, take


def told(user: User, words: str) -> int:
    return Notice.objects.of(user.pk).filter(title__contains=words).count()


def away(appointment, by, now):
    stand_in(appointment, by.user, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(days=30))


def test_the_coordinators_stand_in_is_told_of_a_new_case(clerk, coordinator, duty, monday):
    away(coordinator, duty, monday)
    registered(clerk, monday)
    assert told(coordinator.user, "请办理受理") == told(duty.user, "请办理受理") == 1


def test_the_responsible_persons_stand_in_is_told_of_misses(assigned, village, other_village, monday):
    away(village, other_village, monday)
    sweep(monday + timedelta(days=3))
    assert told(village.user, "签收已超期") == told(other_village.user, "签收已超期") == 1


def test_nobody_is_told_after_the_absence(clerk, coordinator, duty, monday):
    stand_in(coordinator, duty.user, starts_at=monday - timedelta(days=9), ends_at=monday - timedelta(days=1))
    registered(clerk, monday)
    assert told(duty.user, "请办理受理") == 0


def enter(appointment, stand_in, by, monday, starts_in=timedelta(0)):
    delegations.enter(
        appointment=appointment,
        stand_in=stand_in.user,
        starts_at=monday + starts_in,
        ends_at=monday + timedelta(days=3),
        reason="外出学习",
        by=actor(by),
        now=monday,
    )


def test_a_stand_in_hears_that_his_time_has_come(deputy, mayor, monday):
    enter(deputy, mayor, deputy, monday)
    notice = Notice.objects.of(mayor.user_id).get()
    assert "代理青石镇政府分管负责人" in notice.title
    assert (notice.urgent, notice.at_once) == (
        False,
        True,
    )  # leaves at night too, but 紧急 is for danger and levels


def test_a_leader_hears_at_once_who_was_entered_to_stand_in_for_him_and_by_whom(
    deputy, mayor, coordinator, monday
):
    enter(deputy, mayor, coordinator, monday, starts_in=timedelta(days=1))
    notice = Notice.objects.of(deputy.user_id).get()
    assert mayor.user.name in notice.title
    assert coordinator.user.name in notice.body
    assert "外出学习" in notice.body


def test_who_entered_it_himself_is_not_told_of_it(deputy, mayor, monday):
    enter(deputy, mayor, deputy, monday)
    assert not Notice.objects.of(deputy.user_id).exists()


def test_what_a_stand_in_did_himself_is_not_told_to_him(accepted, coordinator, monday):
    take("assign", accepted, coordinator, monday, lead_unit="t01.v01")
    assert told(coordinator.user, "请签收") == 0
