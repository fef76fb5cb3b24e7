from collections.abc import Iterator
from datetime import datetime

import pytest

from core import jobs
from core.clock import SHANGHAI
from core.tasks import run_job

NOW = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def own_jobs() -> Iterator[None]:
    jobs.all_jobs()  # the real ones are found before they are put aside
    with jobs.jobs.only():
        yield


def test_every_job_runs_once_in_its_order_as_of_the_given_time() -> None:
    ran: list[tuple[str, datetime]] = []
    jobs.job("late", every=60, order=90)(lambda now: ran.append(("late", now)))
    jobs.job("early", every=60, order=10)(lambda now: ran.append(("early", now)))

    jobs.run_all(NOW)

    assert ran == [("early", NOW), ("late", NOW)]


def test_a_job_that_fails_is_reported_and_the_others_run() -> None:
    def broken(now: datetime) -> None:
        raise RuntimeError("no")

    jobs.job("broken", every=60, order=10)(broken)
    jobs.job("sound", every=60)(lambda now: "3 done")

    outcomes = {outcome.job: outcome for outcome in jobs.run_all(NOW)}

    assert isinstance(outcomes["broken"].error, RuntimeError)
    assert (outcomes["sound"].report, outcomes["sound"].error) == ("3 done", None)


def test_one_job_runs_by_its_name() -> None:
    jobs.job("count", every=60)(lambda now: 7)

    assert jobs.run("count", NOW) == 7


def test_a_name_stands_for_one_job() -> None:
    jobs.job("twice", every=60)(lambda now: 1)

    with pytest.raises(ValueError, match="twice"):
        jobs.job("twice", every=60)(lambda now: 2)


def test_the_task_of_beat_runs_the_job_as_of_now() -> None:
    ran: list[datetime] = []
    jobs.job("noted", every=60)(ran.append)

    run_job("noted")

    assert ran[0].tzinfo is not None
