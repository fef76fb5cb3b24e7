from django.db import models
from django.utils.translation import gettext_lazy as _


class LimitUnit(models.TextChoices):
    """The units of rules/terms.py with their words."""

    DAY = "day", _("日")
    WORKING_DAY = "working_day", _("工作日")
    HOUR = "hour", _("小时")


class AdjustmentKind(models.TextChoices):
    PAUSE = "pause", _("中止计时")
    EXTENSION = "extension", _("延期")


class DayKind(models.TextChoices):
    """How a day of the year calendar looks and is called."""

    WORKDAY = "workday", _("工作日")
    WEEKEND = "weekend", _("周末")
    HOLIDAY = "holiday", _("节假日")
    MAKEUP = "makeup", _("调休上班")
