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


class RuleKey(models.TextChoices):
    """What a limit is for. Apps open deadlines with these keys; the values are rows, never code."""

    ACCEPT = "accept", _("受理")
    ACCEPT_URGENT = "accept_urgent", _("受理（一、二级预警、人身危险）")
    DISPATCH = "dispatch", _("分流")
    DISPATCH_URGENT = "dispatch_urgent", _("分流（一、二级预警、人身危险）")
    SIGN_FOR = "sign_for", _("签收")
    SIGN_FOR_URGENT = "sign_for_urgent", _("签收（一、二级预警、人身危险）")
    RETURN_REQUEST = "return_request", _("申请退回")
    RETURN_CONSENT = "return_consent", _("退回审批")
    REPORT_UP_ACCEPT = "report_up_accept", _("县级接收")
    REPORT_UP_ACCEPT_URGENT = "report_up_accept_urgent", _("县级接收（一、二级预警、人身危险）")
    RESULT = "result", _("化解")
    POLICE_MEDIATION = "police_mediation", _("公安机关调解交通事故")
    MEDICAL_MEDIATION = "medical_mediation", _("医疗纠纷人民调解委员会调解")
    EXTENSION_REQUEST = "extension_request", _("提前申请延期")
    EXTENSION_DECISION = "extension_decision", _("延期审批")
    REVIEW = "review", _("审结")
    REVISIT = "revisit", _("回访")
    REFUSAL_OBJECTION = "refusal_objection", _("对不予受理提出异议")
    COORDINATOR_CHECK = "coordinator_check", _("综治中心核查")
    WARNING_ACKNOWLEDGE_1 = "warning_ack_1", _("一级预警：知悉")
    WARNING_ACKNOWLEDGE_2 = "warning_ack_2", _("二级预警：知悉")
    WARNING_ACKNOWLEDGE_3 = "warning_ack_3", _("三级预警：知悉")
    WARNING_RESULT_1 = "warning_result_1", _("一级预警：处理结果")
    WARNING_RESULT_2 = "warning_result_2", _("二级预警：处理结果")
    WARNING_RESULT_3 = "warning_result_3", _("三级预警：处理结果")
    STAND_IN = "stand_in", _("外出代理（超过的告知县综治中心）")
    DUE_SOON = "due_soon", _("临期提醒（按日期限）")
    DUE_SOON_HOURS = "due_soon_hours", _("临期提醒（按小时期限）")


class DayKind(models.TextChoices):
    """How a day of the year calendar looks and is called."""

    WORKDAY = "workday", _("工作日")
    WEEKEND = "weekend", _("周末")
    HOLIDAY = "holiday", _("节假日")
    MAKEUP = "makeup", _("调休上班")
