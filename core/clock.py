"""The only place that asks what time it is. Services take `now`; views, tasks and commands call this."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def shanghai_date(moment: datetime) -> date:
    """The calendar day in Shanghai on which the moment falls."""
    return moment.astimezone(SHANGHAI).date()


def start_of_day(day: date) -> datetime:
    """00:00:00+08:00 of that day."""
    return datetime.combine(day, time.min, SHANGHAI)


def end_of_day(day: date) -> datetime:
    """23:59:59+08:00 of that day: when date limits end."""
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)
