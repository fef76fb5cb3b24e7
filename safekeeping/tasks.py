"""Slow work of a verification. Messages carry ids; the row they point at is the truth, and a job finds lost ones."""

from celery import shared_task

from core import clock
from safekeeping.services import verify


@shared_task
def check_ledger(check_id: int) -> None:
    verify.run(check_id=check_id, now=clock.now())
