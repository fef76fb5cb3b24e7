"""What became overdue is flagged exactly once, though sweeps run at once and are killed midway."""

import json
import os
import signal
import subprocess
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from supervisor.layout import PROJECT
from tests.faults.clerks import register
from tests.faults.product import Product

pytestmark = pytest.mark.fault


def overdue_and_unflagged(product: Product, moment: datetime) -> int:
    rows = product.rows(
        """
        SELECT count(*) FROM calendars_deadline
        WHERE met_at IS NULL AND cancelled_at IS NULL AND NOT paused
          AND due_at < %s AND (missed_due_at IS NULL OR missed_due_at < due_at)
        """,
        moment,
    )
    return int(rows[0][0])


def entries_per_miss(product: Product) -> Counter[tuple[int, str]]:
    """How many trail entries tell of each due date that passed."""
    rows = product.rows("SELECT payload FROM disputes_trailentry WHERE step = 'deadline_missed'")
    payloads = [json.loads(payload) for (payload,) in rows]
    data = [payload.get("data", payload) for payload in payloads]
    return Counter((int(entry["deadline"]), str(entry["due_at"])) for entry in data)


def test_two_sweeps_at_once_both_killed_and_the_database_too(product: Product, clerk_token: str) -> None:
    for number in range(120):
        register(product, clerk_token, f"将要超期 {number}")
    moment = datetime.now(UTC) + timedelta(days=400)
    command = product.manage_command("sweep", "--at", moment.isoformat())
    before = overdue_and_unflagged(product, moment)
    assert before >= 120

    sweeps = [
        subprocess.Popen(command, cwd=PROJECT, env=product.env, start_new_session=True) for _ in range(2)
    ]
    while overdue_and_unflagged(product, moment) == before and any(s.poll() is None for s in sweeps):
        time.sleep(0.02)
    os.killpg(sweeps[0].pid, signal.SIGKILL)
    product.wait_for_another("postgres", product.kill("postgres"))
    for sweep in sweeps:
        sweep.wait(300)

    assert product.manage("sweep", "--at", moment.isoformat()).returncode == 0
    assert overdue_and_unflagged(product, moment) == 0
    told = entries_per_miss(product)
    assert told
    assert [miss for miss, times in told.items() if times != 1] == []


def test_a_second_sweep_of_the_same_moment_changes_nothing(product: Product) -> None:
    moment = (datetime.now(UTC) + timedelta(days=401)).isoformat()
    assert product.manage("sweep", "--at", moment).returncode == 0
    before = product.rows("SELECT count(*), max(id) FROM disputes_trailentry")
    notices = product.rows("SELECT count(*), max(id) FROM notifications_notice")
    assert product.manage("sweep", "--at", moment).returncode == 0
    assert product.rows("SELECT count(*), max(id) FROM disputes_trailentry") == before
    assert product.rows("SELECT count(*), max(id) FROM notifications_notice") == notices
