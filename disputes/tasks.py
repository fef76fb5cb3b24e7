"""Slow work of the ledger. Messages carry ids; the rows they point at are the truth, and a job finds lost ones."""

import structlog
from celery import shared_task
from celery.app.task import Task
from kombu.exceptions import OperationalError

from core import clock
from disputes.services import export

log = structlog.get_logger(__name__)


@shared_task
def write_export(job_id: int) -> None:
    export.write(job_id=job_id, now=clock.now())


def enqueue(task: Task, row_id: int) -> None:
    """Sends the message, after commit. Without a broker the row waits for the periodic job."""
    try:
        task.delay(row_id)
    except (OperationalError, OSError) as error:
        log.warning("broker_unavailable", task=task.name, row=row_id, error=str(error))
