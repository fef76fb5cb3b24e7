"""Working hours of the day, as the county set them."""

from datetime import date, datetime, time

from calendars.services import workdays
from core.clock import SHANGHAI
from notifications.models import WorkingHours
from notifications.rules import hours as rules
from notifications.rules.hours import Hours

UNTIL_SET = Hours(time(8, 30), time(17, 30))


def on(day: date) -> Hours:
    row = WorkingHours.objects.in_force(day).first()
    return Hours(row.opens, row.closes) if row else UNTIL_SET


def are_open(now: datetime) -> bool:
    """Whether reminders may leave now."""
    local = now.astimezone(SHANGHAI)
    return rules.are_open(local, on(local.date()), _is_workday())


def next_opening(now: datetime) -> datetime:
    """Now within working hours, else when they next begin. Years not loaded follow the week."""
    local = now.astimezone(SHANGHAI)
    return rules.next_opening(local, on(local.date()), _is_workday())


def _is_workday() -> rules.IsWorkday:
    return workdays.known().assuming_weekends().is_workday
