"""A deputy's own notice (§8) rests while a leader above acts and runs on when that leader steps back; one call each.

The arithmetic of the clocks is the table's: level 2 gives twelve hours to take note.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import Appointment
from core.actor import Actor
from early_warning.models import DisputeWarning, Escalation, PhoneTask
from early_warning.services import answers, checks, phone, sweep
from notifications.models import ChannelSetting, Notice
from safekeeping.services import verify
from tests.early_warning.escalations.conftest import Warned, asked

pytestmark = pytest.mark.django_db
Actors = Callable[[Appointment], Actor]
HOUR = timedelta(hours=1)
LIMIT = 12 * HOUR


def own(warning: DisputeWarning) -> Escalation:
    """The §8 leader's row."""
    return Escalation.objects.get(warning=warning, round=warning.round, town=None)


def test_it_rests_while_the_head_acts_and_nobody_hears_that_the_deputy_is_late(
    warned: Warned, mayor: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(2)
    answers.acknowledge(escalation_id=asked(warning).pk, by=actor(mayor), now=now + HOUR)
    assert own(warning).rests_since == now + HOUR
    sweep.sweep(now + LIMIT + HOUR)
    row = own(warning)
    assert (row.is_open, row.reminded_at) == (True, None)
    assert not Notice.objects.filter(kind="warning.office").exists()
    assert verify.verify_dispute(warning.dispute_id).faults == []


def test_it_runs_on_with_what_was_left_when_the_head_steps_back(
    warned: Warned, mayor: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(2)
    answers.acknowledge(escalation_id=asked(warning).pk, by=actor(mayor), now=now + HOUR)
    answers.no_result(
        escalation_id=asked(warning).pk, account="谈不拢。", by=actor(mayor), now=now + 5 * HOUR
    )
    row = own(warning)
    assert (row.rests_since, row.due_at) == (None, now + LIMIT + 4 * HOUR)
    sweep.sweep(row.due_at)
    assert own(warning).outcome == "unacknowledged"
    assert verify.verify_dispute(warning.dispute_id).faults == []


def test_it_rests_again_under_the_next_one_and_a_result_that_is_not_there_wakes_it(
    warned: Warned,
    mayor: Appointment,
    secretary: Appointment,
    coordinator: Appointment,
    actor: Actors,
    now: datetime,
) -> None:
    warning = warned(2)
    answers.no_result(escalation_id=asked(warning).pk, account="谈不拢。", by=actor(mayor), now=now + HOUR)
    assert own(warning).rests_since is None
    row = asked(warning)
    answers.instruct(escalation_id=row.pk, text="我来办。", by=actor(secretary), now=now + 2 * HOUR)
    assert own(warning).rests_since == now + 2 * HOUR
    answers.risk_removed(escalation_id=row.pk, account="已散去。", by=actor(secretary), now=now + 3 * HOUR)
    assert own(warning).rests_since == now + 2 * HOUR
    checks.check_removal(
        escalation_id=row.pk, passed=False, note="又聚了。", by=actor(coordinator), now=now + 4 * HOUR
    )
    assert (own(warning).rests_since, own(warning).due_at) == (None, now + LIMIT + 2 * HOUR)


def test_a_leader_of_another_town_or_the_deputys_own_answer_makes_nobody_rest(
    warned: Warned, deputy: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(2)
    answers.acknowledge(escalation_id=own(warning).pk, by=actor(deputy), now=now + HOUR)
    assert own(warning).rests_since is None
    assert asked(warning).rests_since is None


def test_the_deputy_may_answer_all_the_same_and_sees_that_the_clock_rests(
    warned: Warned,
    mayor: Appointment,
    deputy: Appointment,
    actor: Actors,
    client_of: Callable[[Appointment], Client],
    api_client_of: Callable[[Appointment], Client],
    now: datetime,
) -> None:
    warning = warned(2)
    answers.acknowledge(escalation_id=asked(warning).pk, by=actor(mayor), now=now + HOUR)
    assert "上级领导已在处理，时限暂停" in client_of(deputy).get("/warnings/").content.decode()
    (shown,) = api_client_of(deputy).get("/api/v1/escalations/").json()["results"]
    assert shown["due_at"] is None
    answers.risk_removed(escalation_id=own(warning).pk, account="已散。", by=actor(deputy), now=now + HOUR)
    assert own(warning).outcome == "risk_removed"


def test_one_leader_asked_for_several_towns_and_posts_is_one_call(
    warned: Warned,
    people: dict[str, Appointment],
    actor: Actors,
    client_of: Callable[[Appointment], Client],
    now: datetime,
) -> None:
    ChannelSetting.objects.update(enabled=False)
    warning = warned(1, towns=("t01", "t02"))
    for number, name in enumerate(("t01.secretary", "t02.secretary"), start=1):
        row = Escalation.objects.get(warning=warning, addressee=people[name].user, ended_at=None)
        answers.no_result(
            escalation_id=row.pk, account="跨镇。", by=actor(people[name]), now=now + number * HOUR / 4
        )
    leader = people["county.deputy"]
    rows = Escalation.objects.filter(warning=warning, addressee=leader.user, ended_at=None)
    assert rows.count() == 3  # their own (§8), and the chain of either town
    tasks = PhoneTask.objects.filter(escalation__in=rows, closed_at=None)
    (duty_post,) = {task.duty_post_id for task in tasks}
    duty = next(person for person in people.values() if person.post_id == duty_post)
    calls = Notice.objects.filter(
        kind="warning.phone", dedupe_key__in=[f"escalation:{r.pk}:phone" for r in rows]
    )
    assert calls.count() == 1
    page = client_of(duty).get("/warnings/phone/").context["page"]
    (card,) = [card for card in page.open if card.task.escalation.addressee == leader.user]
    assert len(card.others) == 2
    phone.report_by_phone(
        task_id=card.task.pk, reached=True, answer="马上到。", by=actor(duty), now=now + HOUR
    )
    assert not tasks.filter(closed_at=None).exists()
    assert all(row.acknowledged_by_phone for row in rows.all())
    assert verify.verify_dispute(warning.dispute_id).faults == []
