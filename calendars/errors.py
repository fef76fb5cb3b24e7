"""What can go wrong with limits and deadlines, in words."""

from django.utils.translation import gettext as _

from calendars.rules.calendar import CalendarNotLoaded
from calendars.rules.terms import ImpossibleLimit
from core.errors import Conflict, InvalidInput, NotFound, WrongState
from core.wording import with_aside


class PlanNotLoaded(InvalidInput):
    """The answer would need a year whose holiday plan nobody has entered."""

    code = "plan_not_loaded"

    def __init__(self, year: int) -> None:
        super().__init__({"start": [plan_missing_words(year)]})
        self.year = year


class RuleMissing(Conflict):
    """No dated rule says how long this may take."""

    code = "rule_missing"

    def __init__(self, key: str, category: str) -> None:
        super().__init__(
            _("没有生效的期限规则：%(rule)s。请管理员在“期限规则”中补录。")
            % {"rule": with_aside(key, category) if category else key}
        )


class AlreadyRunning(WrongState):
    """The subject already has an unmet deadline of this kind."""

    code = "deadline_already_running"


def plan_missing_words(year: int) -> str:
    return _("%(year)s年放假安排尚未录入，暂不能推算。") % {"year": year}


IMPOSSIBLE_WORDS = {
    "start": lambda: _("起算时间不在可推算的范围内；按小时计算须写明时刻。"),
    "limit": lambda: _("期限须为正整数，且最长十年。"),
    "until": lambda: _("结束时间不能早于开始时间。"),
    "unit": lambda: _("按日计算的期限不能再按小时延长。"),
}


def in_words(error: CalendarNotLoaded | ImpossibleLimit) -> InvalidInput:
    """The arithmetic's error as one with a message at its field."""
    if isinstance(error, CalendarNotLoaded):
        return PlanNotLoaded(error.year)
    return InvalidInput({error.field: [IMPOSSIBLE_WORDS[error.field]()]})


__all__ = [
    "AlreadyRunning",
    "Conflict",
    "InvalidInput",
    "NotFound",
    "PlanNotLoaded",
    "RuleMissing",
    "WrongState",
    "in_words",
    "plan_missing_words",
]
