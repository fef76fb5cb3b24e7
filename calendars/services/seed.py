"""The holiday plans the chinesecalendar package knows, as a first filling of the table."""

from datetime import date, datetime

from chinese_calendar import constants

from calendars.models import CalendarYear, Deadline
from calendars.rules.calendar import DayOfPlan
from calendars.services import plans
from core.actor import Actor

FIRST_YEAR = 2024  # deadlines of older disputes are imported with their dates, not counted anew
NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


def years_known() -> list[int]:
    """Years whose plan is complete in the package: it ends with the National Day of its last year."""
    last = max(constants.holidays)
    return list(range(FIRST_YEAR, last.year + (last >= date(last.year, 10, 1))))


def plan_of(year: int) -> dict[date, DayOfPlan]:
    off = {day: DayOfPlan(False, _name(name)) for day, name in constants.holidays.items() if day.year == year}
    work = {day: DayOfPlan(True, _name(name)) for day, name in constants.workdays.items() if day.year == year}
    return off | work


def load_missing_years(*, by: Actor, now: datetime) -> list[int]:
    """Loads the years the table does not have; what the county has edited stays."""
    present = set(CalendarYear.objects.values_list("year", flat=True))
    missing = [year for year in years_known() if year not in present]
    for year in missing:
        source = f"国务院办公厅关于{year}年部分节假日安排的通知"
        plans.load_year(year=year, days=plan_of(year), source=source, by=by, now=now)
    if missing and not Deadline.objects.exists():  # a new installation: nothing to count anew
        CalendarYear.objects.filter(year__in=missing).update(changed_from=None, changed_to=None)
    return missing


def _name(english: str) -> str:
    chinese = constants.Holiday(english).chinese
    return NAMES.get(chinese, chinese)
