"""The escalation sweep against itself and against people, on real connections."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from django.db import connections

from accounts import actors
from accounts.models import Appointment
from disputes.models import TrailEntry
from early_warning.choices import Outcome
from early_warning.errors import WrongState
from early_warning.models import DisputeWarning, Escalation
from early_warning.services import answers
from early_warning.services.sweep import Report, sweep
from notifications.models import Notice
from tests.early_warning.escalations.conftest import Warned, asked, rows

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 30
Answer = TypeVar("Answer")


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several batches each, so that the sweeps really meet."""
    monkeypatch.setattr("core.batches.AT_ONCE", 4)


def at_once(*works: Callable[[], Answer]) -> list[Answer]:
    """Each in a thread with a connection of its own, started together."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], Answer]) -> Answer:
        start.wait()
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, work) for work in works]]


def climbed_of(warnings: list[DisputeWarning]) -> Counter[int]:
    """Dispute → entries that say it climbed."""
    found = TrailEntry.objects.filter(
        step="escalation_climbed", dispute__in=[row.dispute_id for row in warnings]
    )
    return Counter(found.values_list("dispute_id", flat=True))


def notices_of(key: str, warnings: list[DisputeWarning]) -> Counter[tuple[str, int]]:
    """(notice, who got it) → how often, for every row of these warnings."""
    keys = [
        f"escalation:{pk}:{key}" for row in warnings for pk in row.escalations.values_list("pk", flat=True)
    ]
    return Counter(Notice.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", "recipient_id"))


def test_three_sweeps_at_once_climb_every_due_step_exactly_once(
    warned: Warned, people: dict[str, Appointment], now: datetime
) -> None:
    warnings = [warned(3) for _number in range(MANY)]
    later = now + timedelta(hours=25)

    reports = at_once(*[lambda: sweep(later)] * 3)

    assert sum(report.climbed for report in reports) == MANY
    assert [report.failed for report in reports] == [0, 0, 0]
    assert set(climbed_of(warnings).values()) == {1}
    for warning in warnings:
        assert [row.outcome for row in rows(warning)] == [Outcome.UNACKNOWLEDGED, ""]
        assert asked(warning).notified_at == later
    told = notices_of("told", warnings)
    assert set(told.values()) == {1}
    assert Counter(user for _key, user in told) == {
        people["t01.deputy"].user_id: MANY,
        people["t01.mayor"].user_id: MANY,
    }


def test_three_sweeps_at_half_time_tell_every_leader_again_exactly_once(
    warned: Warned, people: dict[str, Appointment], now: datetime
) -> None:
    warnings = [warned(3) for _number in range(MANY)]

    reports = at_once(*[lambda: sweep(now + timedelta(hours=13))] * 3)

    assert sum(report.told_again for report in reports) == MANY
    again = notices_of("again", warnings)
    assert set(again.values()) == {1}
    assert Counter(user for _key, user in again) == {people["t01.deputy"].user_id: MANY}


def test_who_answers_in_the_last_moment_and_the_sweep_end_a_step_between_them(
    warned: Warned, people: dict[str, Appointment], now: datetime
) -> None:
    warnings = [warned(3) for _number in range(4)]
    later = now + timedelta(hours=25)
    by = actors.for_appointment(people["t01.deputy"])

    def give_up() -> Report:
        for warning in warnings:
            row = rows(warning)[0]
            with suppress(WrongState):
                answers.no_result(escalation_id=row.pk, account="双方都不让步。", by=by, now=later)
        return Report()

    at_once(give_up, lambda: sweep(later))

    assert set(climbed_of(warnings).values()) == {1}
    assert Escalation.objects.filter(warning__in=warnings, parallel=False).count() == 2 * len(warnings)
    assert {asked(warning).addressee for warning in warnings} == {people["t01.mayor"].user}
