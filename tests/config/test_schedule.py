from config.celery import app
from config.schedule import PERIODIC
from core import jobs
from core.tasks import run_job


def test_every_job_is_on_the_schedule_as_often_as_it_says() -> None:
    assert {job.name: job.every for job in jobs.all_jobs()} == PERIODIC


def test_beat_sends_each_job_by_its_name_and_lets_old_messages_go() -> None:
    schedule = app.conf.beat_schedule

    assert set(schedule) == set(PERIODIC)
    for name, entry in schedule.items():
        assert (entry["task"], entry["args"]) == (run_job.name, (name,))
        assert entry["options"]["expires"] == PERIODIC[name]
