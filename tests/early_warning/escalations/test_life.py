"""Whatever leaders do and whenever time passes: one open step a chain, nobody twice, and endings stay."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import actors
from accounts.models import Appointment, Delegation
from disputes.errors import NotPermitted
from early_warning.models import DisputeWarning, Escalation
from early_warning.services import answers, checks, sweep
from notifications.models import Notice
from tests.early_warning.escalations.conftest import rows

pytestmark = pytest.mark.django_db
PASSED = ("vacant", "barred", "skipped")
GIVEN_UP = ("unacknowledged", "result_overdue", "no_result")
ACTIONS = ("acknowledge", "instruct", "risk_removed", "no_result", "check", "doubt", "leave", "stand_in")
Moves = list[tuple[str, int]]


class Life:
    """One warning, its clock, and what may happen to it."""

    def __init__(self, warning: DisputeWarning, now: datetime, people: dict[str, Appointment]) -> None:
        self.warning, self.now, self.people = warning, now, people
        self.endings: dict[int, tuple[str, datetime]] = {}

    @property
    def asked(self) -> Escalation | None:
        return next((row for row in rows(self.warning) if row.is_open), None)

    def step(self, action: str, hours: int) -> None:
        """Somebody acts, then time passes and the sweep comes."""
        getattr(self, action)()
        self.now += timedelta(hours=hours)
        sweep.sweep(self.now)

    def answer(self, how: Callable[..., Any], **words: str) -> None:
        row = self.asked
        if row is not None and row.addressee is not None:
            by = actors.for_user(row.addressee, self.now)
            how(escalation_id=row.pk, by=by, now=self.now, **words)

    def acknowledge(self) -> None:
        self.answer(answers.acknowledge)

    def instruct(self) -> None:
        self.answer(answers.instruct, text="请今天约双方见面。")

    def risk_removed(self) -> None:
        self.answer(answers.risk_removed, account="双方已签承诺。")

    def no_result(self) -> None:
        self.answer(answers.no_result, account="两次约谈未谈拢。")

    def check(self, passed: bool = True) -> None:
        waiting = Escalation.objects.filter(
            warning=self.warning, outcome="risk_removed", checked_at=None, parallel=False
        ).first()
        if waiting is not None:
            by = actors.for_appointment(self.people["t01.coordinator"])
            with suppress(NotPermitted):
                checks.check_removal(
                    escalation_id=waiting.pk, passed=passed, note="到场看过。", by=by, now=self.now
                )

    def doubt(self) -> None:
        self.check(passed=False)

    def leave(self) -> None:
        """Who is asked leaves their post; the sweep notices."""
        row = self.asked
        if row is not None and row.holder is not None:
            Appointment.objects.filter(pk=row.holder.pk).update(ends_on=self.now.date())

    def stand_in(self) -> None:
        row = self.asked
        if row is not None and row.holder is not None:
            Delegation.objects.get_or_create(
                appointment=row.holder,
                defaults={
                    "stand_in": self.people["t01.mediator"].user,
                    "starts_at": self.now,
                    "ends_at": self.now + timedelta(hours=30),
                    "reason": "外出",
                    "entered_by": row.holder.user,
                    "entered_at": self.now,
                },
            )

    def holds(self) -> None:
        chain = rows(self.warning)
        is_open = [row for row in chain if row.is_open]
        assert len(is_open) <= 1
        assert all(row.due_at and row.due_at > self.now for row in is_open)
        holders = [row.holder.user_id for row in chain if row.outcome not in PASSED and row.holder]
        assert len(holders) == len(set(holders))
        for pk, ending in self.endings.items():
            row = next(row for row in chain if row.pk == pk)
            assert (row.outcome, row.ended_at) == ending
        self.endings = {row.pk: (row.outcome, row.ended_at) for row in chain if row.ended_at}
        assert [row.step for row in chain] == sorted(row.step for row in chain)
        if not is_open and chain[-1].outcome in GIVEN_UP:
            assert chain[-1].last
            assert Notice.objects.filter(kind="warning.office", title__contains="最后一级").exists()
        told = Notice.objects.filter(kind="warning.escalation").values_list("dedupe_key", "recipient_id")
        assert len(told) == len(set(told))


@given(
    level=st.sampled_from((1, 2, 3)),
    moves=st.lists(st.tuples(st.sampled_from(ACTIONS), st.sampled_from((1, 7, 13, 25, 80, 200))), max_size=7),
)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
def test_a_chain_keeps_its_rules_whatever_happens(
    level: int, moves: Moves, warned: Any, people: dict[str, Appointment], now: datetime
) -> None:
    with transaction.atomic():
        life = Life(warned(level), now, people)
        life.holds()
        for action, hours in moves:
            life.step(action, hours)
            life.holds()
        transaction.set_rollback(True)
