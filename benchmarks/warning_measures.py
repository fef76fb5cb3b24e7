"""What early warning costs: reading a text, a leader's queue beside a hundred thousand past rows, a full sweep."""

import time
from datetime import datetime, timedelta

from benchmarks import warning_rows
from benchmarks.machine import percentile
from benchmarks.measuring import Figure, page
from benchmarks.pages import Page
from benchmarks.server import Server
from classifier.rules import Policy, classify
from classifier.selectors.policy import policy_in_force
from demo.stories import all_stories
from early_warning.models import Escalation
from early_warning.services import sweep

TEXT_LENGTH, TEXTS = 300, 400
CLASSIFY_MS, QUEUE_MS, SWEEP_S = 15, 60, 20


def classifying(now: datetime) -> Figure:
    """Texts of about 300 characters, as they are typed."""
    _row, policy = policy_in_force(now)
    narratives = "".join(story.facts.narrative for story in all_stories(now)[:TEXTS])
    pieces = [
        narratives[at : at + TEXT_LENGTH] for at in range(0, len(narratives) - TEXT_LENGTH, TEXT_LENGTH)
    ]
    times = sorted(_milliseconds(text, policy) for text in pieces)
    return Figure("classify, 300 characters", percentile(times, 50), percentile(times, 95), CLASSIFY_MS)


def queue(server: Server, now: datetime) -> Figure:
    """The mayor's open warnings on a phone, with 100,000 past ones behind."""
    warning_rows.fill(now)
    return page(Page("leader's queue, 100,000 past", "t01.mayor", "/warnings/", QUEUE_MS), server)


def sweeping(now: datetime) -> Figure:
    """One sweep in which 10,000 escalations have just become due."""
    due = Escalation.objects.filter(ended_at=None, due_at__lte=now + timedelta(minutes=2)).count()
    started = time.perf_counter()
    report = sweep.sweep(now + timedelta(minutes=2))
    seconds = time.perf_counter() - started
    if report.climbed + report.passed_over < due or report.failed:
        raise RuntimeError(f"of {due} due escalations: {report}")
    return Figure(f"escalation sweep, {due:,} due", seconds, seconds, SWEEP_S, unit="s")


def _milliseconds(text: str, policy: Policy) -> float:
    started = time.perf_counter()
    classify(text, people_count=2, policy=policy)
    return (time.perf_counter() - started) * 1000
