"""What a leader answers, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Appointment, Delegation
from core.actor import Actor
from disputes.errors import InvalidInput, NotFound, NotPermitted, WrongState
from disputes.models import Dispute
from early_warning.models import Escalation, PhoneTask
from early_warning.services import answers, checks, incidents, levels, phone, stand_ins, sweep
from notifications.models import ChannelSetting, Notice
from tests.early_warning.escalations.conftest import asked, rows, told
from tests.factories import disputes

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
Actors = Callable[[Appointment], Actor]


@pytest.fixture
def row(warned: Any) -> Escalation:
    """Level 2: the mayor of t01 is asked."""
    return asked(warned(2))


def test_after_acknowledging_the_time_to_bring_a_result_counts_from_the_notice(
    row: Escalation, mayor: Appointment, actor: Actors, now: datetime
) -> None:
    answers.acknowledge(escalation_id=row.pk, by=actor(mayor), now=now + HOUR)
    row.refresh_from_db()
    assert (row.acknowledged_at, row.due_at) == (now + HOUR, now + 72 * HOUR)
    sweep.sweep(now + 13 * HOUR)
    assert asked(row.warning) == row
    sweep.sweep(now + 72 * HOUR)
    assert told(row.warning)[0] == ("t01.mayor", "result_overdue")


def test_only_the_addressee_answers(
    row: Escalation, deputy: Appointment, actor: Actors, now: datetime
) -> None:
    with pytest.raises(NotPermitted):
        answers.acknowledge(escalation_id=row.pk, by=actor(deputy), now=now)


def test_out_of_sight_is_not_there(
    row: Escalation, outsider: Appointment, actor: Actors, now: datetime
) -> None:
    with pytest.raises(NotFound):
        answers.acknowledge(escalation_id=row.pk, by=actor(outsider), now=now)


def test_no_result_needs_words_and_climbs_at_once(
    row: Escalation, mayor: Appointment, secretary: Appointment, actor: Actors, now: datetime
) -> None:
    with pytest.raises(InvalidInput):
        answers.no_result(escalation_id=row.pk, account=" ", by=actor(mayor), now=now)
    answers.no_result(escalation_id=row.pk, account="两次约谈未谈拢。", by=actor(mayor), now=now + HOUR)
    assert told(row.warning) == [("t01.mayor", "no_result"), ("t01.secretary", "")]
    assert Notice.objects.filter(recipient=secretary.user, kind="warning.escalation").exists()
    with pytest.raises(WrongState):
        answers.no_result(escalation_id=row.pk, account="再报一次。", by=actor(mayor), now=now + HOUR)


def test_an_instruction_reaches_the_handler_and_counts_as_seen(
    row: Escalation,
    mayor: Appointment,
    coordinator: Appointment,
    handler: Appointment,
    actor: Actors,
    now: datetime,
) -> None:
    dispute = Dispute.objects.get(pk=row.dispute_id)
    disputes.take("accept", dispute, coordinator, now)
    disputes.take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    answers.instruct(
        escalation_id=row.pk, text="今天下午到现场，先把人劝离。", by=actor(mayor), now=now + HOUR
    )
    row.refresh_from_db()
    assert row.acknowledged_at == now + HOUR
    assert Notice.objects.filter(recipient=handler.user, kind="warning.instruction").exists()
    entry = dispute.trail.get(step="escalation_instructed")
    assert entry.texts.get().text == "今天下午到现场，先把人劝离。"


def test_a_risk_reported_removed_is_checked_by_the_coordinator(
    row: Escalation, mayor: Appointment, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    answers.risk_removed(escalation_id=row.pk, account="补偿款已付，人已散去。", by=actor(mayor), now=now)
    assert Notice.objects.filter(recipient=coordinator.user, kind="warning.check").exists()
    with pytest.raises(NotPermitted):
        checks.check_removal(escalation_id=row.pk, passed=True, note="是。", by=actor(mayor), now=now)
    checks.check_removal(escalation_id=row.pk, passed=True, note="到场看过。", by=actor(coordinator), now=now)
    assert told(row.warning) == [("t01.mayor", "risk_removed")]
    assert row.warning.is_open


def test_a_removal_that_was_none_climbs(
    row: Escalation, mayor: Appointment, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    answers.risk_removed(escalation_id=row.pk, account="已散去。", by=actor(mayor), now=now)
    checks.check_removal(
        escalation_id=row.pk, passed=False, note="又聚起来了。", by=actor(coordinator), now=now
    )
    assert told(row.warning) == [("t01.mayor", "risk_removed"), ("t01.secretary", "")]


def test_a_check_that_is_late_is_told_to_the_county_office_once(
    row: Escalation, mayor: Appointment, actor: Actors, now: datetime
) -> None:
    answers.risk_removed(escalation_id=row.pk, account="已散去。", by=actor(mayor), now=now)
    later = now + timedelta(days=3)
    assert [sweep.sweep(later).checks, sweep.sweep(later).checks] == [1, 0]


def test_the_duty_posts_call_is_an_acknowledgement_on_behalf(
    warned: Any, duty: Appointment, actor: Actors, now: datetime
) -> None:
    ChannelSetting.objects.update(enabled=False)
    row = asked(warned(1))
    task = PhoneTask.objects.get(escalation=row)
    phone.report_by_phone(task_id=task.pk, reached=False, answer="", by=actor(duty), now=now)
    assert asked(row.warning).acknowledged_at is None
    phone.report_by_phone(task_id=task.pk, reached=True, answer="马上到。", by=actor(duty), now=now + HOUR)
    row.refresh_from_db()
    assert (row.acknowledged_by, row.acknowledged_by_phone) == (row.addressee, True)


def test_a_stand_in_takes_over_with_a_fresh_notice_and_half_the_limit(
    row: Escalation, mayor: Appointment, deputy: Appointment, actor: Actors, now: datetime
) -> None:
    late = now + 11 * HOUR
    Delegation.objects.create(
        appointment=mayor,
        stand_in=deputy.user,
        starts_at=late,
        ends_at=late + timedelta(days=3),
        reason="外出学习",
        entered_by=mayor.user,
        entered_at=late,
    )
    sweep.sweep(late)
    row.refresh_from_db()
    assert row.addressee == deputy.user
    assert row.due_at == late + 6 * HOUR
    assert Notice.objects.filter(
        recipient=deputy.user, dedupe_key__startswith=f"escalation:{row.pk}:passed"
    ).exists()
    Delegation.objects.update(ended_early_at=late + HOUR)
    sweep.sweep(late + HOUR)
    row.refresh_from_db()
    assert row.addressee == mayor.user


def test_a_leader_who_leaves_hands_his_rows_to_who_follows_or_up(
    row: Escalation, mayor: Appointment, actor: Actors, now: datetime, admin: Appointment
) -> None:
    from_day = now.date()
    Appointment.objects.filter(pk=mayor.pk).update(ends_on=from_day)
    stand_ins.hand_over(appointment_id=mayor.pk, by=actor(admin), now=now + timedelta(days=1))
    assert told(row.warning)[0] == ("t01.mayor", "vacant")
    assert told(row.warning)[1] == ("t01.secretary", "")


def test_the_incident_record_is_kept_by_those_who_were_told(
    warned: Any, secretary: Appointment, outsider: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(1, happening=True)
    given: dict[str, Any] = {
        "warning_id": warning.pk,
        "happened_at": now,
        "who": "镇长",
        "text": "",
        "now": now,
    }
    incidents.add_entry(kind="on_scene", by=actor(secretary), **given)
    with pytest.raises(NotFound):
        incidents.add_entry(kind="order", by=actor(outsider), **given)
    incidents.add_entry(kind="ended", by=actor(secretary), **given)
    with pytest.raises(WrongState):
        incidents.add_entry(kind="order", by=actor(secretary), **given)


def test_a_merge_carries_the_warning_to_the_target(
    row: Escalation, coordinator: Appointment, clerk: Appointment, now: datetime
) -> None:
    target = disputes.registered(clerk, now)
    merged = Dispute.objects.get(pk=row.dispute_id)
    disputes.take("accept", target, coordinator, now)
    disputes.take("merge", merged, coordinator, now, into=target.number)
    assert [w.level for w in target.warnings.all()] == [2]
    assert rows(row.warning)[0].outcome == "superseded"
    target.refresh_from_db()
    assert target.warning_level == 2


def test_withdrawal_drops_no_warning(row: Escalation, coordinator: Appointment, now: datetime) -> None:
    dispute = Dispute.objects.get(pk=row.dispute_id)
    disputes.take("accept", dispute, coordinator, now)
    disputes.take("withdraw", dispute, coordinator, now, reason="申请人不再要求")
    sweep.sweep(now + 13 * HOUR)
    assert told(row.warning)[1] == ("t01.secretary", "")


def test_a_stand_in_the_dispute_is_about_is_never_asked(
    warned: Any, mayor: Appointment, deputy: Appointment, now: datetime
) -> None:
    row = asked(warned(2, accused_people=("t01.deputy",)))
    Delegation.objects.create(
        appointment=mayor,
        stand_in=deputy.user,
        starts_at=now,
        ends_at=now + timedelta(days=3),
        reason="外出学习",
        entered_by=mayor.user,
        entered_at=now,
    )
    sweep.sweep(now + HOUR)
    row.refresh_from_db()
    assert row.addressee == mayor.user


def test_a_row_left_with_who_is_gone_is_found_by_the_sweep(
    row: Escalation, mayor: Appointment, now: datetime
) -> None:
    Appointment.objects.filter(pk=mayor.pk).update(ends_on=now.date())
    sweep.sweep(now + HOUR)
    assert told(row.warning) == [("t01.mayor", "vacant"), ("t01.secretary", "")]


@pytest.mark.parametrize("answer", ["risk_removed", "no_result"])
def test_a_notice_dated_ahead_by_a_fast_clock_is_answered_all_the_same(
    row: Escalation, mayor: Appointment, actor: Actors, now: datetime, answer: str
) -> None:
    """The clock stood an hour ahead when the mayor was told and was put right before they answered."""
    before = now - HOUR
    answers.acknowledge(escalation_id=row.pk, by=actor(mayor), now=before)
    getattr(answers, answer)(escalation_id=row.pk, account="双方已离开。", by=actor(mayor), now=before)
    row.refresh_from_db()
    assert (row.acknowledged_at, row.ended_at, row.outcome) == (now, now, answer)


def test_a_level_is_raised_while_notices_are_dated_ahead(
    row: Escalation, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    levels.raise_level(
        warning_id=row.warning_id, level_to=1, reason="有人动手。", by=actor(coordinator), now=now - HOUR
    )
    row.refresh_from_db()
    assert row.ended_at == row.notified_at == now
