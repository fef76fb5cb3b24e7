"""What a line of an imported file says to the reader."""

from django.utils.translation import gettext_lazy as _

from jurisdictions.rules.place_csv import Effect, Problem

PROBLEMS = {
    Problem.BAD_CODE: _("代码应为 6、9 或 12 位数字"),
    Problem.NO_NAME: _("没有名称"),
    Problem.LONG_NAME: _("名称超过 60 字"),
    Problem.LONG_ALIAS: _("简码超过 12 个字符"),
    Problem.TWICE: _("同一代码在文件里出现了两次"),
    Problem.NO_PARENT: _("文件里和系统里都没有它的上级区划"),
    Problem.OTHER_COUNTY: _("不属于本县"),
    Problem.ENDED: _("这个区划已停用"),
    Problem.ALIAS_TAKEN: _("简码已被其他区划使用"),
}
EFFECTS = {  # words and tone
    Effect.ADDED: (_("新增"), "good"),
    Effect.RENAMED: (_("更改"), "info"),
    Effect.SAME: (_("不变"), "neutral"),
    Effect.PASSED_OVER: (_("略过"), "neutral"),
    Effect.WRONG: (_("有误"), "bad"),
}
