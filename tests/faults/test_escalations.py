"""500 open escalations, everything killed in turn while time passes: each climbs exactly when due, none twice."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

import psycopg
import pytest

from supervisor.layout import PROJECT
from tests.faults.product import Product, wait_until

pytestmark = pytest.mark.fault

OPEN = 500
STEP = timedelta(hours=12, minutes=1)  # level 2 is to be acknowledged within 12 hours
WARN = f"""
from core import clock
from core.actor import Actor
from demo.build.playing import Cast
from disputes.rules.intake import IntakeFacts, PartyFacts
from disputes import public
from disputes.services import intake
from django.db import transaction
from early_warning.services import warnings
cast, now = Cast(), clock.now()
facts = IntakeFacts(title="停工演练", narrative="班组停工待料，等项目部答复。", category="production", source="walk_in",
    place="t01.v01", people_count=30, parties=(PartyFacts("applicant", "natural", "田建国"),))
for number in range({OPEN}):
    with transaction.atomic():
        dispute, code = intake.register(facts=facts, by=cast["t01.clerk"], now=now)
        (locked,) = public.lock_many([dispute.pk])
        warnings.propose(locked, level=2, by=Actor.system("fault test"), now=now)
"""
OURS = "SELECT id FROM disputes_dispute WHERE title = '停工演练'"


def still_due(product: Product, moment: datetime) -> int:
    query = "SELECT count(*) FROM early_warning_escalation WHERE ended_at IS NULL AND due_at <= %s"
    return int(product.rows(query, moment)[0][0])


def rungs(product: Product) -> set[tuple[int, int]]:
    """(rungs told, how many chains have told so many)."""
    rows = product.rows(
        f"""
        SELECT told, count(*) FROM (
            SELECT dispute_id, count(*) AS told FROM early_warning_escalation
            WHERE dispute_id IN ({OURS}) AND NOT parallel GROUP BY dispute_id
        ) AS chains GROUP BY told
        """
    )
    return {(int(told), int(chains)) for told, chains in rows}


def told(product: Product, moment: str) -> list[int]:
    """How many notices of that moment (`told`, `again`) the addressee of each row got, where they should have one."""
    due = {"told": "e.addressee_id IS NOT NULL", "again": "e.reminded_at IS NOT NULL"}[moment]
    found = product.rows(
        f"""
        SELECT count(n.id) FROM early_warning_escalation e LEFT JOIN notifications_notice n
            ON n.dedupe_key = 'escalation:' || e.id || ':{moment}' AND n.recipient_id = e.addressee_id
        WHERE e.dispute_id IN ({OURS}) AND {due} GROUP BY e.id
        """
    )
    return [int(count) for (count,) in found]


def count(product: Product, condition: str, *values: object) -> int:
    query = f"SELECT count(*) FROM early_warning_escalation WHERE dispute_id IN ({OURS}) AND {condition}"
    return int(product.rows(query, *values)[0][0])


def killed_in_the_middle(
    product: Product, moment: datetime, left: Callable[[], int], victim: str = ""
) -> None:
    """A sweep as of that moment dies with its work half done, and with it a part of the product."""
    before = left()
    assert before >= OPEN
    command = product.manage_command("sweep", "--at", moment.isoformat())
    sweep = subprocess.Popen(command, cwd=PROJECT, env=product.env, start_new_session=True)
    while left() == before and sweep.poll() is None:
        time.sleep(0.02)
    killed = product.kill(victim) if victim else 0
    with suppress(ProcessLookupError):  # it has ended with the database
        os.killpg(sweep.pid, signal.SIGKILL)
    sweep.wait(60)
    if victim:
        product.wait_for_another(victim, killed)
    blow = datetime.now(UTC)
    wait_until(lambda: has_let_go(product, blow))


def has_let_go(product: Product, blow: datetime) -> bool:
    """Whether PostgreSQL is up, has noticed that its client is gone and holds no row of it any more."""
    older = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start < %s"
    try:
        return product.rows(older, blow) == [(0,)]
    except psycopg.OperationalError:
        return False


def test_every_escalation_climbs_exactly_once_whatever_dies(product: Product) -> None:
    began = datetime.now(UTC)
    made = product.manage("shell", "-c", WARN)
    assert made.returncode == 0, made.stderr[-2000:]
    assert rungs(product) == {(1, OPEN)}

    for number, victim in enumerate(("worker", "beat", "redis", "postgres"), start=1):
        half = began + (number - 1) * STEP + timedelta(hours=6, minutes=20)
        waiting = "ended_at IS NULL AND reminded_at IS NULL AND remind_at <= %s"
        killed_in_the_middle(product, half, partial(count, product, waiting, half))
        assert product.manage("sweep", "--at", half.isoformat()).returncode == 0
        assert count(product, waiting, half) == 0

        moment = began + number * STEP + timedelta(minutes=10)
        killed_in_the_middle(product, moment, partial(still_due, product, moment), victim)
        assert product.manage("sweep", "--at", moment.isoformat()).returncode == 0
        assert still_due(product, moment) == 0
        assert rungs(product) == {(min(number + 1, 4), OPEN)}

    assert set(told(product, "told")) == {1}
    assert set(told(product, "again")) == {1}
    assert count(product, "reminded_at IS NOT NULL AND NOT parallel") == 4 * OPEN
    assert entries(product, "escalation_climbed") == count(
        product, "outcome IN ('unacknowledged', 'result_overdue')"
    )


def entries(product: Product, step: str) -> int:
    query = f"SELECT count(*) FROM disputes_trailentry WHERE step = %s AND dispute_id IN ({OURS})"
    return int(product.rows(query, step)[0][0])
