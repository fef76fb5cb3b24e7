"""How long somebody may stand in before the county is told, and the row the product starts with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from calendars.choices import LimitUnit
from calendars.known_limits import DefaultRule, register


class NoticeLimit(models.TextChoices):
    """What a limit of notices is for."""

    STAND_IN = "stand_in", _("外出代理（超过的告知县综治中心）")


STAND_IN = DefaultRule(NoticeLimit.STAND_IN, 30, LimitUnit.DAY, note="首尾相接的代理合并计算")
register(NoticeLimit, STAND_IN, order=30)
