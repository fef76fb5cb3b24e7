"""Slow work of early warning. Messages carry ids; the rows they point at are the truth."""

from celery import shared_task

from classifier.services import replay
from core import clock


@shared_task
def run_replay(run_id: int) -> None:
    replay.run(run_id=run_id, now=clock.now())
