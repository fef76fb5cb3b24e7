"""The duties that help pages name, and the pages they speak of. No number of days stands here: limits come from the
dated rows of the calendar when the page is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.limits import DisputeLimit as R
from early_warning.limits import WarningLimit as W
from notifications.limits import NoticeLimit


@dataclass(frozen=True)
class Duty:
    """What is somebody's to do, and the limits that say by when; none where it has no clock."""

    text: Any
    limits: tuple[models.TextChoices, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page of the way: its title, its address by name, and what one does there."""

    title: Any
    url_name: str
    use: Any


REGISTER = Duty(_("群众来访、来电、来信反映的矛盾纠纷，当场登记，打印受理回执交给当事人。"))
TELL_DANGER = Duty(_("有人身危险的，先打 110、报告值班领导，再登记并勾选“人身危险”。"))
ACCEPT = Duty(_("审核登记的纠纷，决定受理或者不予受理，并核定预警级别。"), (R.ACCEPT, R.ACCEPT_URGENT))
DISPATCH = Duty(
    _("把受理的纠纷交给一个责任单位、一名责任人，写清拟办意见和时限。"), (R.DISPATCH, R.DISPATCH_URGENT)
)
DECIDE = Duty(
    _("审批退回和延期申请。逾期不批的，转上一级决定或者自动失效。"), (R.RETURN_CONSENT, R.EXTENSION_DECISION)
)
REVIEW = Duty(_("审结责任单位报来的结果：属实的通过，不够的退回继续办理。"), (R.REVIEW,))
REVISIT = Duty(_("化解之后回访当事人，记下是否满意、是否履行。"), (R.REVISIT,))
CHECK = Duty(_("核查领导报来的“风险已消除”。"), (R.COORDINATOR_CHECK,))
REPORT_UP = Duty(_("本镇解决不了、跨乡镇的，上报县级；县级接收之前仍由本镇负责。"), (R.REPORT_UP_ACCEPT,))
MEET = Duty(_("开调度会，逐件过清单；会议的决定要落到人、落到日期，并在下次会议上问。"))
TAKE_OVER = Duty(
    _("接收乡镇上报的纠纷，决定由县里办理或者交办乡镇。"), (R.REPORT_UP_ACCEPT, R.REPORT_UP_ACCEPT_URGENT)
)
SIGN = Duty(
    _("签收交办给本单位的纠纷，明确责任人。不属本单位职责的，申请退回并说明依据。"),
    (R.SIGN_FOR, R.SIGN_FOR_URGENT, R.RETURN_REQUEST),
)
RESOLVE = Duty(_("在时限内化解，随时报告进展，有了结果如实报结；没有化解的也如实报“处理未果”。"), (R.RESULT,))
EXTEND = Duty(_("确需更多时间的，在到期之前申请延期。"), (R.EXTENSION_REQUEST,))
MEDIATE = Duty(_("依法调解，达成协议的记清内容和履行日期；不强迫当事人接受调解。"))
ACKNOWLEDGE = Duty(
    _("收到预警后知悉；过了时限没有知悉的，系统自动报告上一级。"),
    (W.WARNING_ACKNOWLEDGE_1, W.WARNING_ACKNOWLEDGE_2, W.WARNING_ACKNOWLEDGE_3),
)
RESULT = Duty(
    _("报告预警的处理结果：风险已消除，或者处理未果。报处理未果不追究，由上一级接着处理。"),
    (W.WARNING_RESULT_1, W.WARNING_RESULT_2, W.WARNING_RESULT_3),
)
INSTRUCT = Duty(_("需要时批示、包案、明确化解时限。"))
STAND_IN = Duty(_("外出时登记由谁代理，代理期间的预警由代理人处理。"), (NoticeLimit.STAND_IN,))
PHONE = Duty(_("系统联系不上领导时，按“电话报告”逐个打电话，记下接通没有、领导怎么说。"))
KEEP_HOUSE = Duty(_("维护单位、岗位、人员信息和交办目录；人员变动当天更新，岗位不空缺。"))
KEEP_LIMITS = Duty(_("每年国务院放假安排公布后录入；县里以文件规定的时限，带依据录入。"))
KEEP_CHANNELS = Duty(_("看住消息发送：没有送达的查明原因，重新发送。"))
GIVE_RIGHTS = Duty(_("任职、免职、代理、重置密码、解锁账号；自己不改数据、不改设置。"))
READ_LOG = Duty(_("查看访问记录：谁看了限制知悉的内容、谁查了姓名、谁改了设置，有疑问的要求说明。"))
VERIFY = Duty(_("定期核验台账，确认没有被改动、删除。"))

PAGES = {
    "home": Page(_("首页"), "home", _("先看人身危险和预警，再看到期的；从这里开始每一天。")),
    "new": Page(_("登记"), "disputes:new", _("边写边提示可能重复的纠纷和该问的问题，文字自动保存。")),
    "drafts": Page(_("草稿"), "disputes:drafts", _("没写完的登记都在这里，接着写。")),
    "ledger": Page(_("台账"), "disputes:ledger", _("查找、筛选、保存视图、导出；点一行打开这件纠纷。")),
    "names": Page(_("按姓名检索"), "disputes:name_search", _("须填事由，检索会被记录。")),
    "code": Page(_("核对查询码"), "disputes:query_code", _("群众拿回执来问时，核对编号和查询码。")),
    "coordination": Page(_("调度"), "coordination:meetings", _("调度会和每周研判。")),
    "board": Page(_("预警看板"), "early_warning:board", _("本地所有预警走到哪一步、该谁处理。")),
    "queue": Page(
        _("预警"), "early_warning:queue", _("报告给您的预警，一张卡片一件，在这里知悉、报告结果。")
    ),
    "phone": Page(_("电话报告"), "early_warning:phone", _("要打的电话和记录。")),
    "letters": Page(_("函件"), "responsibility:letters", _("给没有账号的单位的交办函，送达和回复。")),
    "coverage": Page(_("责任覆盖"), "responsibility:coverage", _("每个领域由哪位领导负责，空着的补上。")),
    "dashboard": Page(
        _("看板"), "county_dashboard", _("收了多少、按期化解了多少、哪里超期；点数字看到具体的件。")
    ),
    "check": Page(_("台账核验"), "safekeeping:check", _("逐条核验流转记录和每日封存。")),
    "stand_ins": Page(_("外出代理"), "accounts:delegations", _("登记谁在什么时间代理谁。")),
    "users": Page(_("人员与任职"), "manage:users", _("账号、联系方式、任职。")),
    "organizations": Page(_("单位与岗位"), "manage:organizations", _("单位、岗位和空缺。")),
    "places": Page(_("区划与行业"), "manage:places", _("乡镇、村和行业。")),
    "catalogue": Page(_("交办目录"), "disputes:catalogue", _("哪类纠纷先推荐给哪个单位。")),
    "limits": Page(_("日历与期限"), "calendars:this_year", _("放假调休安排和各项时限的依据。")),
    "failures": Page(_("消息发送"), "notifications:failures", _("没有送达的消息。")),
    "tokens": Page(_("接口令牌"), "manage:tokens", _("别的系统接入用的令牌。")),
    "log": Page(_("访问记录"), "audit:access_log", _("看过什么、查过什么、被拒绝过什么。")),
    "notices": Page(
        _("消息"), "notifications:list", _("按纠纷归在一起的提醒；“提醒方式”里可以选择不响的种类。")
    ),
    "profile": Page(_("我的资料"), "accounts:profile", _("手机、邮箱、岗位、登录的设备。")),
}
