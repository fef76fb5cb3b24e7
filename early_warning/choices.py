"""Values with their words. Level 1 is the highest (§7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    ONE = 1, _("一级")
    TWO = 2, _("二级")
    THREE = 3, _("三级")


class WarningState(models.TextChoices):
    """`unconfirmed` escalates like `confirmed`: every proposal does, at once, marked as such."""

    UNCONFIRMED = "unconfirmed", _("系统初判，待核")
    CONFIRMED = "confirmed", _("已核定")
    LIFTED = "lifted", _("已解除")


class Basis(models.TextChoices):
    """Where a step of a chain is written down."""

    SECTION_7 = "§7", _("§7 预警机制")
    SECTION_8 = "§8", _("§8 化解责任")
    SETTING = "setting", _("县里设定")


class Outcome(models.TextChoices):
    """How an escalation ended; empty while it is open."""

    RISK_REMOVED = "risk_removed", _("风险已消除")
    NO_RESULT = "no_result", _("处理未果，已上报")
    UNACKNOWLEDGED = "unacknowledged", _("逾期未知悉，已上报")
    RESULT_OVERDUE = "result_overdue", _("逾期无结果，已上报")
    SKIPPED = "skipped", _("同一负责人，跳过")
    BARRED = "barred", _("被反映人员，跳过")
    VACANT = "vacant", _("岗位空缺，转下一级")
    AWAY = "away", _("本人和代理人都外出，转下一级")
    SUPERSEDED = "superseded", _("级别变更，另行通知")
    LIFTED = "lifted", _("预警已解除")
    CALLED_OFF = "called_off", _("核实没有发生，不用赶赴现场")


OVER_WITHOUT_NOTICE = (Outcome.SKIPPED, Outcome.BARRED, Outcome.VACANT, Outcome.AWAY)
CLIMBED = (Outcome.NO_RESULT, Outcome.UNACKNOWLEDGED, Outcome.RESULT_OVERDUE)


class ChangeKind(models.TextChoices):
    CONFIRM = "confirm", _("核定")
    RAISE = "raise", _("提级")
    LOWER = "lower", _("降级")
    LIFT = "lift", _("解除")


class ReadingOf(models.TextChoices):
    """Which text the classifier read."""

    NARRATIVE = "narrative", _("登记事由")
    PROGRESS = "progress", _("进展报告")
    CORRECTION = "correction", _("更正后的登记")
    IMPORT = "import", _("导入")
    PERSON = "person", _("人工提出")


class IncidentKind(models.TextChoices):
    """What a line of the incident record tells (§10)."""

    ON_SCENE = "on_scene", _("到场")
    ORDER = "order", _("处置指令")
    REPORT = "report", _("现场情况")
    ENDED = "ended", _("处置结束")
