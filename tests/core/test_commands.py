from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from calendars.models import CalendarYear, Deadline, DeadlineRule
from core import clock
from core.models import Installation
from tests.factories.calendars import a_deadline

pytestmark = pytest.mark.django_db


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def installed(kind: str) -> None:
    Installation.objects.update_or_create(pk=1, defaults={"kind": kind, "created_at": clock.now()})


def test_reference_data_loads_and_loads_again() -> None:
    assert "calendars: 3 years" in said("load_reference_data")
    before = CalendarYear.objects.count(), DeadlineRule.objects.count()

    assert "calendars: 0 years, 0 limits" in said("load_reference_data")
    assert (CalendarYear.objects.count(), DeadlineRule.objects.count()) == before


@pytest.mark.parametrize(
    "moment", ["2026-04-01T09:00+08:00", "2026-04-01T09:00", "2026-04-01 09:00", "2026-04-01"]
)
def test_a_sweep_runs_every_job_as_of_the_given_time(moment: str) -> None:
    installed("test")
    said("load_reference_data")
    a_deadline()

    assert "1 missed" in said("sweep", "--at", moment)
    assert Deadline.objects.get().missed_at is not None


def test_the_time_may_not_be_moved_on_a_live_database() -> None:
    installed("live")

    with pytest.raises(CommandError, match="demo or test"):
        said("sweep", "--at", "2026-04-01")


@pytest.mark.parametrize("moment", ["tomorrow", "2026-13-01", "2026-02-30T09:00"])
def test_what_is_no_time_is_said(moment: str) -> None:
    installed("demo")

    with pytest.raises(CommandError, match="ISO"):
        said("sweep", "--at", moment)


def test_a_sweep_without_a_time_runs_now() -> None:
    installed("live")

    assert "deadlines: " in said("sweep")
