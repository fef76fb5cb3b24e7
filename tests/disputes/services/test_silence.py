"""What follows when somebody was asked and does not answer; each miss is told once."""

from datetime import timedelta

import pytest

from calendars.services.sweep import sweep
from notifications.models import Notice
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db


def told(username: str, words: str) -> int:
    return Notice.objects.filter(recipient__username=username, title__contains=words).count()


def test_a_missed_deadline_is_recorded_once_however_often_the_sweep_runs(new, monday):
    for _run in range(3):
        sweep(monday + timedelta(days=5))
    assert new.trail.filter(step="deadline_missed").count() == 1
    assert told("t01.coordinator", "受理已超期") == 1


def test_a_report_nobody_accepts_is_told_again_and_then_to_the_countys_deputy(accepted, coordinator, monday):
    take("report_up", accepted, coordinator, monday, reason="超出职权")
    sweep(monday + timedelta(days=2))
    accepted.refresh_from_db()
    assert accepted.managing_org.code == "t01.centre"
    assert accepted.trail.filter(step="told_again").count() == 1
    assert told("county.deputy", "未接收") == 0
    sweep(monday + timedelta(days=4))
    assert told("county.deputy", "未接收") == 1


def test_a_return_nobody_decides_goes_to_the_dispatchers_superior(assigned, village, monday):
    take("request_return", assigned, village, monday, ground="not_competent", reason="非本村事务")
    sweep(monday + timedelta(days=2))
    assigned.refresh_from_db()
    assert assigned.waiting_org.code == "county.centre"
    assert assigned.trail.filter(step="decision_moved_up").count() == 1
    assert told("county.office", "请您决定") == 1


def test_who_must_act_is_reminded_before_the_end_and_only_once(new, monday):
    for hours in (49, 50, 51):
        sweep(monday + timedelta(hours=hours))
    assert told("t01.coordinator", "到期") == 1
