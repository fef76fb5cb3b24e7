"""The limits of a dispute's way, and the rows the product starts with: each says where it is written."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from calendars.choices import LimitUnit
from calendars.known_limits import DefaultRule, register

DAY, WORKING_DAY, HOUR = LimitUnit.DAY, LimitUnit.WORKING_DAY, LimitUnit.HOUR
AT_ONCE = "系统默认值，依据实施意见第（七）条“立即处理”，请县里以文件确认"
URGENT = "一、二级预警和有人身危险的纠纷，昼夜连续计算"
PETITION = "信访工作条例"
PETITION_LAW = date(2022, 5, 1)
LABOUR_LAW = "劳动争议调解仲裁法第14条"


class DisputeLimit(models.TextChoices):
    """What a limit of disputes is for; the values are rows, never code."""

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


register(
    DisputeLimit,
    DefaultRule(DisputeLimit.ACCEPT, 2, WORKING_DAY),
    DefaultRule(DisputeLimit.DISPATCH, 1, WORKING_DAY),
    DefaultRule(DisputeLimit.SIGN_FOR, 1, WORKING_DAY),
    DefaultRule(DisputeLimit.ACCEPT_URGENT, 2, HOUR, AT_ONCE, note=URGENT),
    DefaultRule(DisputeLimit.DISPATCH_URGENT, 2, HOUR, AT_ONCE, note=URGENT),
    DefaultRule(DisputeLimit.SIGN_FOR_URGENT, 2, HOUR, AT_ONCE, note=URGENT),
    DefaultRule(DisputeLimit.RETURN_REQUEST, 2, WORKING_DAY, note="签收后提出退回并说明依据"),
    DefaultRule(
        DisputeLimit.RETURN_REQUEST,
        5,
        WORKING_DAY,
        f"{PETITION}第23条",
        source_kind="petition",
        effective_from=PETITION_LAW,
    ),
    DefaultRule(DisputeLimit.RETURN_CONSENT, 1, WORKING_DAY, note="逾期不批的，转上一级决定"),
    DefaultRule(DisputeLimit.REPORT_UP_ACCEPT, 1, WORKING_DAY, note="县级接收前仍由乡镇负责"),
    DefaultRule(DisputeLimit.REPORT_UP_ACCEPT_URGENT, 2, HOUR, AT_ONCE, note=URGENT),
    DefaultRule(
        DisputeLimit.RESULT, 30, DAY, "人民调解工作若干规定（司法部令第75号）", note="一般在一个月内"
    ),
    DefaultRule(DisputeLimit.RESULT, 15, DAY, LABOUR_LAW, category="wage_arrears"),
    DefaultRule(DisputeLimit.RESULT, 15, DAY, LABOUR_LAW, category="labour_other"),
    DefaultRule(
        DisputeLimit.MEDICAL_MEDIATION,
        30,
        WORKING_DAY,
        "医疗纠纷预防和处理条例第38条",
        note="只限县级医疗纠纷人民调解委员会调解，自其受理（签收）之日起；鉴定时间不计入",
    ),
    DefaultRule(
        DisputeLimit.POLICE_MEDIATION,
        10,
        DAY,
        "道路交通安全法实施条例第95条",
        note="只限公安机关调解，自办理丧葬事宜结束、治疗终结、定残或者损失确定之日起，不自受理起",
    ),
    DefaultRule(
        DisputeLimit.RESULT, 60, DAY, f"{PETITION}第34条", source_kind="petition", effective_from=PETITION_LAW
    ),
    DefaultRule(DisputeLimit.EXTENSION_REQUEST, 1, WORKING_DAY, note="最迟在到期前这么久提出延期申请"),
    DefaultRule(
        DisputeLimit.EXTENSION_DECISION,
        1,
        WORKING_DAY,
        note="逾期不批的再次提醒，化解时限到期仍未批的申请失效",
    ),
    DefaultRule(DisputeLimit.REVIEW, 2, WORKING_DAY),
    DefaultRule(DisputeLimit.REVISIT, 10, DAY, note="化解后、最后一次履行后"),
    DefaultRule(DisputeLimit.REFUSAL_OBJECTION, 30, DAY, note="印在不予受理告知书上，自收到之日起"),
    DefaultRule(DisputeLimit.COORDINATOR_CHECK, 1, DAY, note="风险消除、当场化解抽查"),
    order=10,
)
