"""The working-day calendar out of the table, remembered per process until somebody edits it."""

from functools import lru_cache
from uuid import UUID

from calendars.models import CalendarDay, CalendarYear, StatutoryDay
from calendars.rules.calendar import DayOfPlan, WorkCalendar
from core.remembered import remembered


@remembered(1)
def known() -> WorkCalendar:
    """The calendar as it stands now; its days are read again only after an edit of theirs."""
    return _calendar(tuple(CalendarYear.objects.order_by("year").values_list("year", "revision")))


@lru_cache(maxsize=8)
def _calendar(revisions: tuple[tuple[int, UUID], ...]) -> WorkCalendar:
    years = [year for year, _ in revisions]
    rows = CalendarDay.objects.filter(year__in=years).values_list("date", "is_workday", "name")
    by_law = {
        day: name for day, name in StatutoryDay.objects.values_list("date", "name") if day.year not in years
    }
    return WorkCalendar.of(years, {day: DayOfPlan(works, name) for day, works, name in rows}, by_law)
