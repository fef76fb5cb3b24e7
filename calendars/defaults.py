"""The limits the product starts with, each with where it is written. The county edits the rows, not this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calendars.choices import LimitUnit, RuleKey

DAY, WORKING_DAY, HOUR = LimitUnit.DAY, LimitUnit.WORKING_DAY, LimitUnit.HOUR
COUNTY = "系统默认值，请县里以文件确认"
AT_ONCE = "系统默认值，依据实施意见第（七）条“立即处理”，请县里以文件确认"
URGENT = "一、二级预警和有人身危险的纠纷，昼夜连续计算"
PETITION = "信访工作条例"
FOUNDED, PETITION_LAW = date(2020, 1, 1), date(2022, 5, 1)


@dataclass(frozen=True)
class DefaultRule:
    key: RuleKey
    limit: int
    unit: LimitUnit
    source: str = COUNTY
    category: str = ""
    source_kind: str = ""
    effective_from: date = FOUNDED
    note: str = ""


LABOUR_LAW = "劳动争议调解仲裁法第14条"
DEFAULT_RULES = (
    DefaultRule(RuleKey.ACCEPT, 2, WORKING_DAY),
    DefaultRule(RuleKey.DISPATCH, 1, WORKING_DAY),
    DefaultRule(RuleKey.SIGN_FOR, 1, WORKING_DAY),
    DefaultRule(RuleKey.ACCEPT_URGENT, 2, HOUR, AT_ONCE, note=URGENT),
    DefaultRule(RuleKey.DISPATCH_URGENT, 2, HOUR, AT_ONCE, note=URGENT),
    DefaultRule(RuleKey.SIGN_FOR_URGENT, 2, HOUR, AT_ONCE, note=URGENT),
    DefaultRule(RuleKey.RETURN_REQUEST, 2, WORKING_DAY, note="签收后提出退回并说明依据"),
    DefaultRule(
        RuleKey.RETURN_REQUEST,
        5,
        WORKING_DAY,
        f"{PETITION}第23条",
        source_kind="petition",
        effective_from=PETITION_LAW,
    ),
    DefaultRule(RuleKey.RETURN_CONSENT, 1, WORKING_DAY, note="逾期不批的，转上一级决定"),
    DefaultRule(RuleKey.REPORT_UP_ACCEPT, 1, WORKING_DAY, note="县级接收前仍由乡镇负责"),
    DefaultRule(RuleKey.REPORT_UP_ACCEPT_URGENT, 2, HOUR, AT_ONCE, note=URGENT),
    DefaultRule(RuleKey.RESULT, 30, DAY, "人民调解工作若干规定（司法部令第75号）", note="一般在一个月内"),
    DefaultRule(RuleKey.RESULT, 15, DAY, LABOUR_LAW, category="wage_arrears"),
    DefaultRule(RuleKey.RESULT, 15, DAY, LABOUR_LAW, category="labour_other"),
    DefaultRule(
        RuleKey.MEDICAL_MEDIATION,
        30,
        WORKING_DAY,
        "医疗纠纷预防和处理条例第38条",
        note="只限县级医疗纠纷人民调解委员会调解，自其受理（签收）之日起；鉴定时间不计入",
    ),
    DefaultRule(
        RuleKey.POLICE_MEDIATION,
        10,
        DAY,
        "道路交通安全法实施条例第95条",
        note="只限公安机关调解，自办理丧葬事宜结束、治疗终结、定残或者损失确定之日起，不自受理起",
    ),
    DefaultRule(
        RuleKey.RESULT, 60, DAY, f"{PETITION}第34条", source_kind="petition", effective_from=PETITION_LAW
    ),
    DefaultRule(RuleKey.EXTENSION_REQUEST, 1, WORKING_DAY, note="最迟在到期前这么久提出延期申请"),
    DefaultRule(
        RuleKey.EXTENSION_DECISION, 1, WORKING_DAY, note="逾期不批的再次提醒，化解时限到期仍未批的申请失效"
    ),
    DefaultRule(RuleKey.REVIEW, 2, WORKING_DAY),
    DefaultRule(RuleKey.REVISIT, 10, DAY, note="化解后、最后一次履行后"),
    DefaultRule(RuleKey.REFUSAL_OBJECTION, 30, DAY, note="印在不予受理告知书上，自收到之日起"),
    DefaultRule(RuleKey.COORDINATOR_CHECK, 1, DAY, note="风险消除、当场化解抽查"),
    DefaultRule(RuleKey.STAND_IN, 30, DAY, note="首尾相接的代理合并计算"),
    DefaultRule(RuleKey.WARNING_ACKNOWLEDGE_1, 2, HOUR, note="自通知送达起，过半再次提醒，逾期自动上报"),
    DefaultRule(RuleKey.WARNING_ACKNOWLEDGE_2, 12, HOUR, note="自通知送达起，过半再次提醒，逾期自动上报"),
    DefaultRule(RuleKey.WARNING_ACKNOWLEDGE_3, 24, HOUR, note="自通知送达起，过半再次提醒，逾期自动上报"),
    DefaultRule(RuleKey.WARNING_RESULT_1, 24, HOUR, note="自通知送达起，昼夜连续计算，逾期自动上报"),
    DefaultRule(RuleKey.WARNING_RESULT_2, 72, HOUR, note="自通知送达起，昼夜连续计算，逾期自动上报"),
    DefaultRule(RuleKey.WARNING_RESULT_3, 168, HOUR, note="自通知送达起，昼夜连续计算，逾期自动上报"),
    DefaultRule(RuleKey.DUE_SOON, 2, WORKING_DAY, note="到期前这么久列为临期并提醒一次"),
    DefaultRule(RuleKey.DUE_SOON_HOURS, 1, HOUR, note="按小时计的期限，到期前这么久提醒一次"),
)
