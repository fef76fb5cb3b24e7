"""Periodic jobs of all apps by name. Beat runs each on its schedule, `manage.py sweep` runs all once.

An app writes them in its `jobs.py`:

    @job("deadlines", every=60)
    def deadlines(now: datetime) -> SweepReport: ...

A job is safe to run twice and beside itself, and finds by itself everything an earlier run missed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.utils.module_loading import autodiscover_modules

from core.registry import Registry

log = structlog.get_logger(__name__)
Run = Callable[[datetime], object]


@dataclass(frozen=True)
class Job:
    """`every` in seconds; lower `order` runs earlier in one sweep."""

    name: str
    every: int
    order: int
    run: Run


@dataclass(frozen=True)
class Outcome:
    """What a job reported, or the error that ended it."""

    job: str
    report: object = None
    error: Exception | None = None


jobs: Registry[Job] = Registry()


def job(name: str, *, every: int, order: int = 50) -> Callable[[Run], Run]:
    """Registers a function of `now`. A name stands for one job."""

    def register(run: Run) -> Run:
        known = jobs.get(name)
        if known is not None and known.run is not run:
            raise ValueError(f"two jobs are called {name}")
        jobs.register(Job(name, every, order, run), name=name)
        return run

    return register


def all_jobs() -> list[Job]:
    autodiscover_modules("jobs")
    return sorted(jobs, key=lambda job: (job.order, job.name))


def run(name: str, now: datetime) -> object:
    """Runs one job; beat's task calls this."""
    autodiscover_modules("jobs")
    return jobs[name].run(now)


def run_all(now: datetime) -> list[Outcome]:
    """Every job once, as of `now`. One that fails does not keep the others from running."""
    return [_outcome(job, now) for job in all_jobs()]


def _outcome(job: Job, now: datetime) -> Outcome:
    try:
        return Outcome(job.name, job.run(now))
    except Exception as error:
        log.exception("job_failed", job=job.name)
        return Outcome(job.name, error=error)
