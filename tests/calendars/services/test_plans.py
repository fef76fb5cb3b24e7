from datetime import date, datetime

import pytest

from audit.models import AccessEvent
from calendars.errors import InvalidInput, PlanNotLoaded
from calendars.models import CalendarDay, CalendarYear
from calendars.rules.calendar import DayOfPlan
from calendars.services import due, plans, seed, workdays
from core.actor import Actor
from core.clock import end_of_day
from tests.calendars.conftest import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def test_the_table_is_filled_with_the_plans_of_2024_to_2026() -> None:
    assert list(CalendarYear.objects.values_list("year", flat=True)) == [2024, 2025, 2026]
    national_day = CalendarDay.objects.get(date=date(2026, 10, 10))
    assert (national_day.is_workday, national_day.name) == (True, "国庆节")


def test_a_new_installation_has_nothing_to_count_anew() -> None:
    assert not CalendarYear.objects.exclude(changed_from=None).exists()


def test_filling_again_leaves_what_the_county_edited(by: Actor, monday: datetime) -> None:
    plans.set_day(day=date(2026, 10, 10), plan=None, source="县通知", by=by, now=monday)

    assert seed.load_missing_years(by=by, now=monday) == []
    assert not CalendarDay.objects.filter(date=date(2026, 10, 10)).exists()


def test_an_edit_counts_at_once(by: Actor, monday: datetime) -> None:
    assert due.compute(date(2026, 3, 2), 1, "working_day").due_at == end_of_day(date(2026, 3, 3))

    plans.set_day(day=date(2026, 3, 3), plan=DayOfPlan(False, "暴雪停工"), source="县通知", by=by, now=monday)

    answer = due.compute(date(2026, 3, 2), 1, "working_day")
    assert answer.due_at == end_of_day(date(2026, 3, 4))
    assert answer.explanation == "自2026-03-02起1个工作日：跳过暴雪停工3月3日"


def test_an_edit_is_on_record_with_before_and_after(by: Actor, monday: datetime) -> None:
    plans.set_day(day=date(2026, 10, 10), plan=None, source="县通知", by=by, now=monday)

    recorded = AccessEvent.objects.filter(target_type="calendar_year").order_by("-id").first()
    assert recorded is not None
    assert recorded.details == {
        "before": {"2026-10-10": "班 国庆节"},
        "after": {"2026-10-10": ""},
    }


def test_loading_a_year_replaces_its_plan(by: Actor, monday: datetime) -> None:
    plans.load_year(
        year=2026, days={date(2026, 10, 1): DayOfPlan(False, "国庆节")}, source="新通知", by=by, now=monday
    )

    assert CalendarDay.objects.filter(year=2026).count() == 1
    assert workdays.known().is_workday(date(2026, 10, 2))


def test_a_year_nobody_loaded_is_an_error_in_words() -> None:
    with pytest.raises(PlanNotLoaded, match="2027年放假安排尚未录入"):
        due.compute(date(2026, 12, 28), 5, "working_day")


@pytest.mark.parametrize(
    ("day", "plan"),
    [
        (date(2027, 1, 1), DayOfPlan(False, "元旦")),
        (date(2026, 3, 3), DayOfPlan(True, "调休")),
        (date(2026, 3, 3), DayOfPlan(False, "  ")),
    ],
)
def test_what_makes_no_sense_is_refused(day: date, plan: DayOfPlan, by: Actor, monday: datetime) -> None:
    with pytest.raises(InvalidInput):
        plans.set_day(day=day, plan=plan, source="", by=by, now=monday)


def test_a_plan_holds_days_of_its_year_only(by: Actor, monday: datetime) -> None:
    with pytest.raises(InvalidInput):
        plans.load_year(
            year=2027, days={date(2026, 1, 1): DayOfPlan(False, "元旦")}, source="通知", by=by, now=monday
        )


def test_a_start_with_a_time_may_come_without_zone() -> None:
    answer = due.compute(datetime(2026, 3, 2, 23, 30), 2, "hour")

    assert answer.due_at == at(2026, 3, 3, 1, 30)


@pytest.mark.parametrize(
    ("start", "limit", "unit"), [(date(2026, 3, 2), 2, "hour"), (date(2026, 3, 2), 0, "day")]
)
def test_what_cannot_be_counted_names_the_field(start: date, limit: int, unit: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        due.compute(start, limit, unit)

    assert set(raised.value.errors) <= {"start", "limit"}


def test_due_soon_reaches_two_working_days_ahead() -> None:
    assert due.soon_until(at(2026, 9, 30)) == end_of_day(date(2026, 10, 9))
