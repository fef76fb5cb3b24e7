from datetime import date

from django.utils.translation import gettext_lazy as _

from core import days

TOO_EARLY = _("年份不对，请写全四位年份（1900 年以后），例如 2026。")
TOO_FAR = _("日期太远，请核对年份。")
NOT_A_DAY = _("日期请写成 2026-11-22 的样子，年份写四位。")


def problem_with(day: date, today: date) -> object:
    """What to say about a day, or a moment of that day; empty if somebody may mean it."""
    return TOO_EARLY if days.is_too_early(day) else TOO_FAR if days.is_too_far(day, today) else ""
