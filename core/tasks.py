"""Beat's one task: a periodic job by its name. A lost or doubled message changes nothing."""

from celery import shared_task

from core import clock, jobs


@shared_task(name="core.run_job")
def run_job(name: str) -> None:
    jobs.run(name, clock.now())
