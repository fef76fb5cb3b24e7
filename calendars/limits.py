"""How long before its end a deadline is called due soon, and the rows the product starts with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from calendars.choices import LimitUnit
from calendars.known_limits import DefaultRule, register


class CalendarLimit(models.TextChoices):
    """How long before a deadline's end its reminder goes out."""

    DUE_SOON = "due_soon", _("临期提醒（按日期限）")
    DUE_SOON_HOURS = "due_soon_hours", _("临期提醒（按小时期限）")


register(
    CalendarLimit,
    DefaultRule(CalendarLimit.DUE_SOON, 2, LimitUnit.WORKING_DAY, note="到期前这么久列为临期并提醒一次"),
    DefaultRule(CalendarLimit.DUE_SOON_HOURS, 1, LimitUnit.HOUR, note="按小时计的期限，到期前这么久提醒一次"),
    order=40,
)
