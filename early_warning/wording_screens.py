"""Words of the warning screens that belong to no single row."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from early_warning.choices import ChangeKind, Level

LEVELS: dict[int, Any] = {
    Level.ONE: gettext_lazy("一级预警"),
    Level.TWO: gettext_lazy("二级预警"),
    Level.THREE: gettext_lazy("三级预警"),
}
CHANGES: dict[str, Any] = {
    ChangeKind.CONFIRM: gettext_lazy("核定预警"),
    ChangeKind.RAISE: gettext_lazy("提高级别"),
    ChangeKind.LOWER: gettext_lazy("降低级别"),
    ChangeKind.LIFT: gettext_lazy("解除预警"),
}
BREAKS_OUT = (gettext_lazy("事件正在发生"), "broadcast")  # of a level 1 that is confirmed already
CONFIRMS_NONE = (gettext_lazy("核定不预警"), "shield-check")  # where nothing was found
CHANGE_ICONS: Mapping[str, str] = {
    ChangeKind.CONFIRM: "check2-square",
    ChangeKind.RAISE: "arrow-up-circle",
    ChangeKind.LOWER: "arrow-down-circle",
    ChangeKind.LIFT: "slash-circle",
}


def level_label(level: int) -> str:
    return str(LEVELS.get(level, ""))


def people(count: int) -> str:
    return _("%d 人") % count
