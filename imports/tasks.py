"""Slow work of an import. Messages carry ids; the row they point at is the truth, and a job finds lost ones."""

from celery import shared_task

from core import clock
from imports.services import importing


@shared_task
def run_import(import_id: int) -> None:
    importing.run(import_id=import_id, now=clock.now())
