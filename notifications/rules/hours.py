"""Working hours: when reminders may leave. All moments are compared on the clock they are given in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

IsWorkday = Callable[[date], bool]
LONGEST_HOLIDAY = 60  # days; a calendar without working days is a mistake, not a reason to wait for ever


@dataclass(frozen=True)
class Hours:
    """From opening on, up to but without the closing minute."""

    opens: time
    closes: time


def are_open(moment: datetime, hours: Hours, is_workday: IsWorkday) -> bool:
    return is_workday(moment.date()) and hours.opens <= moment.time() < hours.closes


def next_opening(moment: datetime, hours: Hours, is_workday: IsWorkday) -> datetime:
    """The moment itself within working hours, else when they next begin."""
    if are_open(moment, hours, is_workday):
        return moment
    day = moment.date()
    if moment.time() >= hours.opens:
        day += timedelta(days=1)
    for _ in range(LONGEST_HOLIDAY):
        if is_workday(day):
            break
        day += timedelta(days=1)
    return datetime.combine(day, hours.opens, moment.tzinfo)
