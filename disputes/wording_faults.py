from django.utils.translation import gettext_lazy as _

from core import wording_days
from disputes.rules.intake import Fault

FAULTS = {
    Fault.REQUIRED: _("请填写此项。"),
    Fault.TOO_LONG: _("内容过长，请精简。"),
    Fault.NARRATIVE_TOO_LONG: _("事由最多 5000 字，更长的材料请作为附件上传。"),
    Fault.IN_FUTURE: _("发生日期不能晚于今天。"),
    Fault.NOT_POSITIVE: _("人数至少为 1。"),
    Fault.TOO_MANY: _("数值过大，请核对。"),
    Fault.NEGATIVE_AMOUNT: _("金额不能为负。"),
    Fault.NO_APPLICANT: _("来访、来电、网上反映和领导接访的，请至少填写一位申请人（反映人）。"),
    Fault.TOO_MANY_REPRESENTATIVES: _("群体代表最多登记 5 人（信访工作条例第二十条）。"),
    Fault.RELATION_WITHOUT_UNIT: _("已选择单位关系，请填写是哪个单位。"),
    Fault.UNIT_WITHOUT_RELATION: _("已填写单位，请选择属于单位内部，还是单位与周边村组群众之间。"),
    Fault.CONSENT_NOT_ASKED: _("只有单位内部的纠纷才问能否告知单位，请先选择“单位内部”。"),
    Fault.FEWER_PEOPLE_THAN_PARTIES: _("涉及人数少于当事人人数，请核对。"),
    Fault.DANGER_UNTOLD: _("请先报 110/派出所，并电话报告值班领导，再写明报告了谁。"),
    Fault.TOLD_WITHOUT_DANGER: _(
        "已写明向谁报告了危险，请同时标明有人身危险；没有危险的，请删去报告对象和时间。"
    ),
    Fault.TOLD_IN_FUTURE: _("报告时间不能晚于现在。"),
    Fault.YEAR_TOO_EARLY: wording_days.TOO_EARLY,
    Fault.UNREADABLE_NAME: _("姓名或名称里有没有识别出来的字（显示为“�”），请对照证件重新填写。"),
    Fault.NAMES_A_UNIT: _("名称是单位的，请将类型选为“单位”。"),
    Fault.NOT_A_CITIZEN_NUMBER: _("身份证号校验码不对，请核对；没有可不填。"),
    Fault.NOT_A_CREDIT_CODE: _("统一社会信用代码校验码不对，请核对；没有可不填。"),
    Fault.NOT_A_PHONE: _("电话号码应为 5 至 12 位数字。"),
    Fault.SPOT_NEEDS_AGREEMENT: _("当场化解须双方同意，并选择口头或书面。"),
    Fault.SPOT_NEEDS_ACCOUNT: _("请写明双方是怎样达成一致的、约定了什么。"),
    Fault.SPOT_NOT_WITH_DANGER: _("有人身危险的纠纷不能当场化解，请按正常程序登记。"),
    Fault.TOO_MANY_PARTIES: _("当事人最多登记 50 位；人数多的请按群体登记为一项，写明人数。"),
    Fault.SPOT_NOT_WITH_ACCUSED: _("有被反映单位或人员的纠纷不能当场化解，请按正常程序登记。"),
}
