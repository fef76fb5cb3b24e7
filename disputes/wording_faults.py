from django.utils.translation import gettext_lazy as _

from disputes.rules.intake import Fault

FAULTS = {
    Fault.REQUIRED: _("请填写此项。"),
    Fault.TOO_LONG: _("内容过长，请精简。"),
    Fault.NARRATIVE_TOO_LONG: _("事由最多 5000 字，更长的材料请作为附件上传。"),
    Fault.IN_FUTURE: _("发生日期不能晚于今天。"),
    Fault.NOT_POSITIVE: _("人数至少为 1。"),
    Fault.TOO_MANY: _("数值过大，请核对。"),
    Fault.NEGATIVE_AMOUNT: _("金额不能为负。"),
    Fault.NO_APPLICANT: _("请至少填写一位申请人（反映人）。"),
    Fault.TOO_MANY_REPRESENTATIVES: _("群体代表最多登记 5 人（信访工作条例第二十条）。"),
    Fault.RELATION_WITHOUT_UNIT: _("已选择单位关系，请填写是哪个单位。"),
    Fault.UNIT_WITHOUT_RELATION: _("已填写单位，请选择属于单位内部，还是单位与周边村组群众之间。"),
    Fault.FEWER_PEOPLE_THAN_PARTIES: _("涉及人数少于当事人人数，请核对。"),
    Fault.SPOT_NEEDS_AGREEMENT: _("当场化解须双方同意，并选择口头或书面。"),
    Fault.SPOT_NOT_WITH_DANGER: _("有人身危险的纠纷不能当场化解，请按正常程序登记。"),
    Fault.TOO_MANY_PARTIES: _("当事人最多登记 50 位；人数多的请按群体登记为一项，写明人数。"),
    Fault.SPOT_NOT_WITH_ACCUSED: _("有被反映单位或人员的纠纷不能当场化解，请按正常程序登记。"),
}
