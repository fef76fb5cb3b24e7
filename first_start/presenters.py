"""Words for what a plan lacks and for the steps of the first start."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from first_start.rules.next_steps import Lack
from first_start.rules.people import Wrong

OFFICE_WORDS = {
    "administrator": _("系统管理员"),
    "security": _("安全管理员"),
    "auditor": _("审计员"),
}
PERSON_WORDS = {
    Wrong.USERNAME: _("账号“%s”应为 3 到 40 个小写字母、数字、点、横线或下划线，以字母或数字开头。"),
    Wrong.TWICE: _("账号“%s”写了两次：同一岗位只写一次，同一账号只有一个姓名。"),
    Wrong.NAME: _("“%s”的姓名没有填写，或超过 60 字。"),
    Wrong.POST: _("没有“%s”这个岗位，请核对单位代码和岗位。"),
    Wrong.OFFICER_TWICE: _("“%s”已是另一员：系统、安全、审计三员必须由三个人分别担任。"),
}
DEPARTMENT_WORDS = {
    "代码": _("代码“%s”不能用：只用小写字母、数字、点和横线，不重复，也不以 county、t01 等开头。"),
    "名称": _("名称“%s”没有填写，或超过 80 字。"),
    "简称": _("简称“%s”超过 40 字。"),
    "行业代码": _("行业代码“%s”不能用：只用小写字母、数字、点和横线，一个行业只有一个主管部门。"),
    "行业名称": _("行业代码和行业名称要么都填，要么都不填（“%s”）。"),
    "主管领域": _("没有“%s”这个领域。"),
    "类型": _("类型“%s”不能用。"),
}
LACKS = {
    Lack.COUNTY: _("还没有县的数据。"),
    Lack.CLERK: _("还没有受理员，纠纷没有人登记。"),
    Lack.DISPATCHER: _("综治中心还没有主任或县中心工作人员，登记的纠纷没有人受理和分流。"),
    Lack.HANDLER: _("还没有承办人，受理的纠纷没有人可以交办。"),
    Lack.LEADER: _("还没有负责同志任职，预警没有人接收。"),
}
STEP_WORDS = {
    "places": _("区划"),
    "units": _("领导岗位和综治中心"),
    "departments": _("县级部门"),
    "people": _("三员和首批人员"),
    "calendar": _("放假安排"),
    "check": _("核对并写入"),
}
