"""A dispute that has every kind of judged row, and a way to change rows as the database's owner could."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import ApiToken, Appointment, CalendarFeed, Delegation
from audit.choices import Action
from audit.services import record
from core.actor import Actor
from disputes import public
from disputes.models import Attachment, Dispute
from disputes.rules.origin import OriginFacts
from early_warning.models import ImportedLevel
from early_warning.services import answers, levels, warnings
from safekeeping.models import RetentionRule
from tests.factories.disputes import registered, take

Tamper = Callable[..., None]
HOUR = timedelta(hours=1)


@pytest.fixture
def now(monday: datetime, reference_data: None) -> datetime:
    return monday


@pytest.fixture
def tamper() -> Tamper:
    """Runs SQL with every trigger off."""

    def run(statement: str, *params: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement, params)
            cursor.execute("SET LOCAL session_replication_role = origin")

    return run


@pytest.fixture
def full(people: dict[str, Appointment], actor: Callable[[Appointment], Actor], now: datetime) -> Dispute:
    """Registered with a barred unit and danger, warned at level 2, dispatched with a unit that joins in, and on."""
    one = {
        name: people[name] for name in ("t01.clerk", "t01.coordinator", "t01.justice", "t01.mayor", "admin")
    }
    clerk, coordinator, handler, mayor, admin = one.values()
    dispute = registered(
        clerk,
        now,
        accused_units=("t01.v02",),
        danger=True,
        danger_told="派出所值班民警",
        danger_told_at=now,
        narrative="张家与李家共用的排水沟被改道，孩子（9岁）滑倒过，雨后积水漫进院子，双方多次争吵。",
        unrestricted=True,
        amount_fen=500_000,
        origin=OriginFacts(
            "县信访局", "信访2026-031", date(2026, 2, 27), now + 48 * HOUR, answer_wanted=True
        ),
    )
    with transaction.atomic():
        (locked,) = public.lock_many([dispute.pk])
        warning = warnings.propose(locked, level=2, by=Actor.system("warning_readings"), now=now)
    row = warning.escalations.filter(parallel=False, ended_at=None).get()
    answers.acknowledge(escalation_id=row.pk, by=actor(mayor), now=now + HOUR)
    answers.instruct(escalation_id=row.pk, text="当面听一次。", by=actor(mayor), now=now + HOUR)
    levels.lower(
        warning_id=warning.pk, level_to=3, reason="双方已离开。", by=actor(coordinator), now=now + HOUR
    )
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice", co_units=["t01.v01"])
    take("sign_for", dispute, handler, now)
    take("request_extension", dispute, handler, now + HOUR, days=5, reason="等鉴定结果。")
    take("decide_extension", dispute, coordinator, now + HOUR, granted=True, reason="同意。")
    _without_result(dispute, clerk, mayor, now)
    _handed_down(dispute, people["county.office"], coordinator, now)
    Attachment.objects.create(
        dispute=dispute, name="协议.pdf", content_type="application/pdf", size=9, sha256="a" * 64,
        uploaded_by=clerk, uploaded_at=now,
    )  # fmt: skip
    ImportedLevel.objects.create(
        dispute=dispute, reading=dispute.readings.first(), level=3, proposed_at=now
    )  # as an import reads it
    _standing(mayor, clerk, admin, actor(admin), now)
    return Dispute.objects.get(pk=dispute.pk)


def _without_result(dispute: Dispute, clerk: Appointment, mayor: Appointment, now: datetime) -> None:
    """Found not resolved; the parties were told where else to turn, and the town's head wants it tried again."""
    people = {row.user.username: row for row in Appointment.objects.select_related("user")}
    at = now + HOUR
    take("submit_result", dispute, people["t01.justice"], at, outcome="no_agreement", account="没有谈成。")
    take("approve_result", dispute, people["t01.coordinator"], at, outcome="not_resolved")
    routes = ["legal_aid", "litigation"]
    take("tell_routes", dispute, clerk, at, routes=routes, on=at.date(), way="in_person")
    take("answer_not_resolved", dispute, mayor, at, decision="again", instruction="请县里再谈一次。")


def _handed_down(dispute: Dispute, county: Appointment, coordinator: Appointment, now: datetime) -> None:
    """Given to the county, and handed down to the town again, where the mediator has it in hand."""
    justice, at = Appointment.objects.get(user__username="t01.justice"), now + 2 * HOUR
    take("report_up", dispute, coordinator, at, reason="涉及两镇。")
    take("accept_report", dispute, county, at)
    take("hand_down", dispute, county, at, town="t01", instruction="请限期办结。")
    take("accept", dispute, coordinator, at)
    take("assign", dispute, coordinator, at, lead_unit="t01.justice", co_units=["t01.v01"])
    take("sign_for", dispute, justice, at)


def _standing(mayor: Appointment, clerk: Appointment, admin: Appointment, by: Actor, now: datetime) -> None:
    """Rows of no dispute: a stand-in, a token, a rule, a line of the access log."""
    Delegation.objects.create(
        appointment=mayor, stand_in=clerk.user, starts_at=now, ends_at=now + 24 * HOUR, reason="出差",
        entered_by=admin.user, entered_at=now,
    )  # fmt: skip
    ApiToken.objects.create(
        appointment=clerk, digest="b" * 64, prefix="abcd", created_at=now, expires_at=now + 24 * HOUR
    )
    CalendarFeed.objects.create(user=clerk.user, digest="c" * 64, created_at=now)
    RetentionRule.objects.create(years=10, effective_from=date(2026, 1, 1), source="档案规定")
    details: dict[str, Any] = {"before": {"is_active": True}, "after": {"is_active": False}}
    record(action=Action.CONFIG_CHANGED, by=by, now=now, target_type="user", target_id=1, details=details)
