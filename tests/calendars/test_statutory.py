"""Days off by law hold where no plan is loaded. The oracles: published plans of past years, and the moon."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from chinese_calendar import constants

from calendars import statutory
from calendars.models import CalendarYear, StatutoryDay
from calendars.rules.calendar import CalendarNotLoaded, DayOfPlan, WorkCalendar
from calendars.services import workdays
from tests.calendars.conftest import at

NEW_MOON, LUNATION = (
    datetime(2000, 1, 6, 18, 14, tzinfo=UTC),
    29.530588,
)  # a known one; the mean time between two
PUBLISHED_UNTIL = max(constants.holidays)


def age_of_moon(day: date) -> float:
    """Days since the mean new moon, at noon in China."""
    noon = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    return ((noon - NEW_MOON) / timedelta(days=1)) % LUNATION


def test_every_day_off_by_law_was_off_in_the_plans_that_were_published() -> None:
    known = [day for day in statutory.days() if day <= PUBLISHED_UNTIL]
    assert len(known) >= 20
    assert [day for day in known if day not in constants.holidays] == []


@pytest.mark.parametrize("year", range(2025, 2041))
def test_each_year_has_thirteen_days_less_those_that_fall_together(year: int) -> None:
    days = {day: name for day, name in statutory.days().items() if day.year == year}
    assert len(days) + sum("、" in name for name in days.values()) == 13


@pytest.mark.parametrize("year", range(2025, 2041))
def test_the_moving_ones_stand_where_the_moon_and_the_sun_put_them(year: int) -> None:
    new_year, qingming, dragon_boat, mid_autumn = (date(year, *one) for one in statutory.MOVING[year])
    assert min(age_of_moon(new_year), LUNATION - age_of_moon(new_year)) < 1.5
    assert date(year, 1, 21) <= new_year <= date(year, 2, 20)
    assert 2.5 < age_of_moon(dragon_boat) < 6.5
    assert 12.5 < age_of_moon(mid_autumn) < 17
    assert (dragon_boat - new_year).days > 115
    assert 85 <= (mid_autumn - dragon_boat).days <= 130
    assert qingming in (date(year, 4, 4), date(year, 4, 5))


def test_a_year_without_a_plan_has_its_weekends_and_these_days_off() -> None:
    new_year = date(2027, 1, 1)  # a Friday
    calendar = WorkCalendar.of([2026], {}, {new_year: "元旦"})
    assumed = calendar.assuming_weekends()
    assert not assumed.is_workday(new_year)
    assert assumed.holiday_name(new_year) == "元旦"
    assert assumed.is_workday(date(2027, 1, 4))
    with pytest.raises(CalendarNotLoaded):
        calendar.is_workday(new_year)


def test_the_plan_of_a_year_has_the_last_word() -> None:
    day = date(2026, 5, 2)
    calendar = WorkCalendar.of([2026], {day: DayOfPlan(True, "劳动节")}, {day: "劳动节"})
    assert calendar.assuming_weekends().is_workday(day)


@pytest.mark.django_db
def test_they_come_with_the_reference_data_and_hold_only_for_years_without_a_plan(
    reference_data: str,
) -> None:
    assert StatutoryDay.objects.get(date=date(2027, 10, 1)).source == statutory.SOURCE
    years = set(CalendarYear.objects.values_list("year", flat=True))
    assumed = workdays.known().assuming_weekends()
    assert 2027 not in years
    off = [day for day in (date(2027, 1, 1), date(2027, 2, 8), date(2027, 5, 3), at(2027, 10, 1).date())
           if not assumed.is_workday(day)]  # fmt: skip
    assert off == [
        date(2027, 1, 1),
        date(2027, 2, 8),
        date(2027, 10, 1),
    ]  # 3 May 2027 is a Monday like any other
