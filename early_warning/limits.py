"""How long a leader may take to know of a warning and to act on it, and the rows the product starts with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from calendars.choices import LimitUnit
from calendars.known_limits import DefaultRule, register

HOUR = LimitUnit.HOUR


class WarningLimit(models.TextChoices):
    """What a limit of warnings is for, by level."""

    WARNING_ACKNOWLEDGE_1 = "warning_ack_1", _("一级预警：知悉")
    WARNING_ACKNOWLEDGE_2 = "warning_ack_2", _("二级预警：知悉")
    WARNING_ACKNOWLEDGE_3 = "warning_ack_3", _("三级预警：知悉")
    WARNING_RESULT_1 = "warning_result_1", _("一级预警：处理结果")
    WARNING_RESULT_2 = "warning_result_2", _("二级预警：处理结果")
    WARNING_RESULT_3 = "warning_result_3", _("三级预警：处理结果")


register(
    WarningLimit,
    DefaultRule(WarningLimit.WARNING_ACKNOWLEDGE_1, 2, HOUR, note="自通知送达起，过半再次提醒，逾期自动上报"),
    DefaultRule(
        WarningLimit.WARNING_ACKNOWLEDGE_2, 12, HOUR, note="自通知送达起，过半再次提醒，逾期自动上报"
    ),
    DefaultRule(
        WarningLimit.WARNING_ACKNOWLEDGE_3, 24, HOUR, note="自通知送达起，过半再次提醒，逾期自动上报"
    ),
    DefaultRule(WarningLimit.WARNING_RESULT_1, 24, HOUR, note="自通知送达起，昼夜连续计算，逾期自动上报"),
    DefaultRule(WarningLimit.WARNING_RESULT_2, 72, HOUR, note="自通知送达起，昼夜连续计算，逾期自动上报"),
    DefaultRule(WarningLimit.WARNING_RESULT_3, 168, HOUR, note="自通知送达起，昼夜连续计算，逾期自动上报"),
    order=20,
)
