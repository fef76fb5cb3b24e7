from calendars.models.deadlines import Deadline, DeadlineAdjustment
from calendars.models.plans import CalendarDay, CalendarYear, StatutoryDay
from calendars.models.rules import DeadlineRule

__all__ = ["CalendarDay", "CalendarYear", "Deadline", "DeadlineAdjustment", "DeadlineRule", "StatutoryDay"]
