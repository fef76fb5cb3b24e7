"""关注: who follows hears of what leaders, coordinators and duty posts do with a warning, as of steps of a dispute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from core.actor import Actor
from core.transactions import last, retried
from disputes import public
from disputes.disclosure import LEVEL_STEPS
from disputes.models import Dispute, Following
from disputes.rules.intake import PartyFacts
from disputes.services import following
from early_warning.models import PhoneTask
from early_warning.services import answers, levels, phone, sweep
from notifications.models import ChannelSetting, Notice
from responsibility.services import case_leaders, letters
from responsibility.services.case_leaders import Undertaking
from responsibility.services.letters import Writing
from tests.early_warning.escalations.conftest import Warned, asked
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
Acts = Callable[[Any, dict[str, Appointment], datetime], None]


def heard(person: Appointment, at: datetime | None = None) -> list[str]:
    rows = Notice.objects.filter(recipient_id=person.user_id, subject="dispute")
    rows = rows.filter(created_at=at) if at else rows.filter(kind__startswith="followed.")
    return list(rows.order_by("pk").values_list("kind", flat=True))


def follow(dispute: Dispute, person: Appointment, now: datetime) -> None:
    following.follow(number=dispute.number, by=actor(person), now=now)


def instructs(warning: Any, people: dict[str, Appointment], now: datetime) -> None:
    answers.instruct(escalation_id=asked(warning).pk, text="今天去。", by=actor(people["t01.mayor"]), now=now)


def sees_it(warning: Any, people: dict[str, Appointment], now: datetime) -> None:
    answers.acknowledge(escalation_id=asked(warning).pk, by=actor(people["t01.mayor"]), now=now)


def finds_nothing(warning: Any, people: dict[str, Appointment], now: datetime) -> None:
    answers.no_result(
        escalation_id=asked(warning).pk, account="没谈拢。", by=actor(people["t01.mayor"]), now=now
    )


def raises(warning: Any, people: dict[str, Appointment], now: datetime) -> None:
    levels.raise_level(
        warning_id=warning.pk, level_to=1, reason="人已聚集。", by=actor(people["t01.coordinator"]), now=now
    )


def takes_on(warning: Any, people: dict[str, Appointment], now: datetime) -> None:
    number = warning.dispute.number
    plan = Undertaking(people["t01.secretary"].pk, "逐户走访", date(2026, 3, 12))
    case_leaders.start(number=number, undertaking=plan, by=actor(people["t01.mayor"]), now=now)


def writes(warning: Any, people: dict[str, Appointment], now: datetime) -> None:
    letters.issue(
        number=warning.dispute.number,
        writing=Writing("县电力公司", "请查明线路。"),
        by=actor(people["t01.coordinator"]),
        now=now,
    )


ACTS: list[tuple[str, Acts]] = [
    ("escalation_instructed", instructs),
    ("escalation_acknowledged", sees_it),
    ("escalation_no_result", finds_nothing),
    ("level_raised", raises),
    ("case_leader_started", takes_on),
    ("letter_issued", writes),
]


@pytest.mark.parametrize(("step", "act"), ACTS)
def test_who_follows_hears_once_and_quietly(
    warned: Warned, people: dict[str, Appointment], clerk: Appointment, now: datetime, step: str, act: Acts
) -> None:
    warning = warned(2)
    follow(warning.dispute, clerk, now)
    act(warning, people, now + HOUR)
    (notice,) = Notice.objects.filter(recipient_id=clerk.user_id, created_at=now + HOUR)
    assert notice.kind == f"followed.{step}"
    assert warning.dispute.display_number in notice.title
    assert (notice.urgent, notice.at_once, notice.topic) == (False, False, "followed")
    assert notice.url == f"/disputes/{warning.dispute.number}/"


def test_who_acts_hears_nothing_of_it(warned: Warned, people: dict[str, Appointment], now: datetime) -> None:
    warning = warned(2)
    follow(warning.dispute, people["t01.mayor"], now)
    instructs(warning, people, now + HOUR)
    assert heard(people["t01.mayor"]) == []


def test_who_is_told_by_the_act_itself_is_told_once(
    warned: Warned, people: dict[str, Appointment], secretary: Appointment, now: datetime
) -> None:
    """The next rung hears that it is their turn, and not once more that it climbed."""
    warning = warned(2)
    follow(warning.dispute, secretary, now)
    finds_nothing(warning, people, now + HOUR)
    assert heard(secretary, now + HOUR) == ["warning.escalation"]


def test_a_call_and_what_nobody_answered(
    warned: Warned, deputy: Appointment, duty: Appointment, now: datetime
) -> None:
    ChannelSetting.objects.update(enabled=False)  # nothing leaves the house: leaders are phoned
    warning = warned(2)
    follow(warning.dispute, deputy, now)
    task = PhoneTask.objects.get(escalation=asked(warning))
    phone.report_by_phone(task_id=task.pk, reached=False, answer="没人接。", by=actor(duty), now=now + HOUR)
    sweep.sweep(now + 30 * HOUR)
    assert heard(deputy) == ["followed.escalation_phoned", "followed.escalation_climbed"]


def test_a_unit_that_is_a_party_hears_of_no_level(
    warned: Warned, people: dict[str, Appointment], handler: Appointment, now: datetime
) -> None:
    unit = PartyFacts("respondent", "legal", handler.post.organization.name)
    warning = warned(2, parties=(PartyFacts("applicant", "natural", "张建国"), unit))
    take("accept", warning.dispute, people["t01.coordinator"], now)
    take("assign", warning.dispute, people["t01.coordinator"], now, lead_unit="t01.v01")
    Following.objects.create(dispute=warning.dispute, user=handler.user, since=now)
    for number, (_step, act) in enumerate(ACTS[:1] + ACTS[3:]):
        act(warning, people, now + (number + 1) * HOUR)
    assert heard(handler) == []


def test_who_lost_sight_hears_nothing(
    warned: Warned, people: dict[str, Appointment], outsider: Appointment, now: datetime
) -> None:
    warning = warned(2)
    Following.objects.create(dispute=warning.dispute, user=outsider.user, since=now)
    instructs(warning, people, now + HOUR)
    assert heard(outsider) == []


def test_what_was_taken_back_is_not_told(
    warned: Warned, people: dict[str, Appointment], deputy: Appointment, now: datetime
) -> None:
    warning = warned(2)
    follow(warning.dispute, deputy, now)

    @retried
    def half_done() -> None:
        with transaction.atomic():
            instructs(warning, people, now + HOUR)
            transaction.set_rollback(True)

    half_done()
    assert heard(deputy) == []


def test_a_sweep_asks_as_often_for_two_as_for_five(
    clerk: Appointment, deputy: Appointment, mayor: Appointment, now: datetime
) -> None:
    made = [registered(clerk, now + timedelta(minutes=number)) for number in range(7)]
    for dispute in made:
        for person in (deputy, mayor):
            follow(dispute, person, now)

    def asks(disputes: list[Dispute], at: datetime) -> int:
        by = Actor.system("test")
        with (
            CaptureQueriesContext(connection) as asked,
            public.working_on_all(disputes, by=by, now=at) as works,
        ):
            for work in works.values():
                work.note("escalation_climbed", data=DATA)
        return len(asked)

    few, many = asks(made[:2], now + HOUR), asks(made[2:], now + 2 * HOUR)
    assert many <= few  # the first call may read what is remembered from then on
    assert Notice.objects.filter(kind="followed.escalation_climbed").count() == 14


def test_a_unit_that_is_a_party_does_not_read_that_an_imported_level_was_dropped() -> None:
    assert "imported_level_dropped".startswith(LEVEL_STEPS)


DATA = {"escalation": 1, "leader": "青石镇镇长", "outcome": "unacknowledged", "next": []}


def test_the_last_thing_of_a_service_is_done_once_at_its_end() -> None:
    done: list[str] = []

    @retried
    def inner() -> None:
        last(lambda: done.append("last"))
        done.append("inner")

    @retried
    def outer() -> None:
        inner()
        done.append("outer")

    outer()
    last(lambda: done.append("at once"))
    assert done == ["inner", "outer", "last", "at once"]
