"""500 open escalations, everything killed in turn while time passes: each climbs exactly when due, none twice."""

import os
import signal
import subprocess
import time
from datetime import UTC, datetime, timedelta

import pytest

from supervisor.layout import PROJECT
from tests.faults.product import Product

pytestmark = pytest.mark.fault

OPEN = 500
STEP = timedelta(hours=12, minutes=1)  # level 2 is to be acknowledged within 12 hours
WARN = f"""
from core import clock
from core.actor import Actor
from demo.build.playing import Cast
from disputes.rules.intake import IntakeFacts, PartyFacts
from disputes.services import intake, upper
from django.db import transaction
from early_warning.services import warnings
cast, now = Cast(), clock.now()
facts = IntakeFacts(title="停工演练", narrative="班组停工待料，等项目部答复。", category="production", source="walk_in",
    place="t01.v01", people_count=30, parties=(PartyFacts("applicant", "natural", "田建国"),))
for number in range({OPEN}):
    with transaction.atomic():
        dispute, code = intake.register(facts=facts, by=cast["t01.clerk"], now=now)
        (locked,) = upper.locked_many([dispute.pk])
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


def notices_not_exactly_one(product: Product) -> list[tuple[object, ...]]:
    """Rows whose addressee does not have exactly one first notice, or that climbed without a trail entry."""
    return product.rows(
        f"""
        SELECT e.id, count(n.id) FROM early_warning_escalation e
        LEFT JOIN notifications_notice n ON n.dedupe_key = 'escalation:' || e.id || ':told'
        WHERE e.dispute_id IN ({OURS}) AND e.addressee_id IS NOT NULL
        GROUP BY e.id, e.addressee_id HAVING count(n.id) <> 1 OR min(n.recipient_id) <> e.addressee_id
        """
    )


def test_every_escalation_climbs_exactly_once_whatever_dies(product: Product) -> None:
    began = datetime.now(UTC)
    made = product.manage("shell", "-c", WARN)
    assert made.returncode == 0, made.stderr[-2000:]
    assert rungs(product) == {(1, OPEN)}

    for number, victim in enumerate(("worker", "beat", "redis", "postgres"), start=1):
        moment = began + number * STEP + timedelta(minutes=10)
        before = still_due(product, moment)
        assert before >= OPEN if number <= 4 else True
        command = product.manage_command("sweep", "--at", moment.isoformat())
        sweep = subprocess.Popen(command, cwd=PROJECT, env=product.env, start_new_session=True)
        while still_due(product, moment) == before and sweep.poll() is None:
            time.sleep(0.02)
        killed = product.kill(victim)
        if victim == "beat":  # and the sweep itself, in the middle of a batch
            os.killpg(sweep.pid, signal.SIGKILL)
        product.wait_for_another(victim, killed)
        sweep.wait(300)

        assert product.manage("sweep", "--at", moment.isoformat()).returncode == 0
        assert still_due(product, moment) == 0
        assert rungs(product) == {(min(number + 1, 4), OPEN)}

    assert notices_not_exactly_one(product) == []
    entries = product.rows(
        f"SELECT count(*) FROM disputes_trailentry WHERE step = 'escalation_climbed' AND dispute_id IN ({OURS})"
    )
    climbs = product.rows(
        f"""
        SELECT count(*) FROM early_warning_escalation
        WHERE outcome IN ('unacknowledged', 'result_overdue') AND dispute_id IN ({OURS})
        """
    )
    assert entries == climbs
