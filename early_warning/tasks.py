"""Slow work of early warning. Messages carry ids; the rows they point at are the truth."""

from celery import shared_task

from core import clock
from early_warning.services import replay


@shared_task
def run_replay(run_id: int) -> None:
    replay.run(run_id=run_id, now=clock.now())
