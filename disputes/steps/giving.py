"""Who gets a dispute: given to a unit, handed to a town, reported to the county, given back, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes import step_fields as fields
from disputes.choices import ReturnGround
from disputes.entry_words import BESIDE, EntryWords
from disputes.rules import as_of
from disputes.steps import notes

ROWS: dict[str, EntryWords] = {
    "assign": EntryWords(
        pgettext_lazy("trail", "分流交办"),
        "send",
        note=notes.assigned,
        button=_("分流交办"),
        effect=_(
            "确定唯一的责任单位和责任人，对方须在规定时限内签收；一、二级预警和有人身危险的，按小时计算。"
        ),
        leads=70,
        asked={"accepted": _("请分流交办"), "reopened": _("请重新分流")},
        follow=as_of.given,
        fields={
            "lead_unit": fields.LEAD_UNIT,
            "co_units": fields.Units(_("协办单位"), _("可不选，可选几个；输入名称、简码或拼音首字母。")),
            "person": fields.AnyPerson(
                _("责任人"), _("不填则为责任单位的默认承办人；填写的须是该单位的人员。")
            ),
            "resolve_by": fields.RESOLVE_BY,
            "instruction": fields.OPINION,
        },
    ),
    "hand_down": EntryWords(
        pgettext_lazy("trail", "交办乡镇"),
        "arrow-down-circle",
        note=notes.handed_down,
        button=_("交办乡镇"),
        effect=_(
            "交办后由该乡镇受理、分流和办理，乡镇的各项时限都不晚于县级要求的日期；办理过程县综治中心随时可以查看，"
            "办理结果由县综治中心审结。不填日期的，按县级正在计算的化解时限或规定期限，并且不晚于来件单位要求的日期。"
        ),
        leads=BESIDE,
        follow=as_of.handed_down,
        fields={
            "town": fields.Town(_("乡镇")),
            "instruction": fields.OPINION,
            "resolve_by": fields.RESOLVE_BY,
        },
    ),
    "recall": EntryWords(
        pgettext_lazy("trail", "收回交办"),
        "arrow-return-left",
        "warn",
        note=notes.recalled,
        button=_("收回交办"),
        effect=_(
            "收回后由县综治中心管理和分流，乡镇的各项时限随之终止，还在等待审批的申请和已报的结果不再有效；"
            "县级要求的日期不变。乡镇、承办单位和责任人会收到通知，只能看到收回之前的记录，台账中显示为“县级收回”。"
        ),
        leads=BESIDE,
        follow=as_of.recalled,
        fields={
            "reason": fields.REASON,
        },
    ),
    "pass_to": EntryWords(
        pgettext_lazy("trail", "转交"),
        "box-arrow-right",
        note=notes.passed,
        button=_("转交"),
        effect=_(
            "转交本镇单位的，由该单位签收办理；还没有受理的同时受理。转交其他乡镇的，由该乡镇受理办理，编号不变，"
            "县综治中心同时收到通知，登记人可以继续查看进展；只能转交一次。"
        ),
        leads=BESIDE,
        follow=as_of.passed,
        fields={
            "town": fields.Town(_("转交其他乡镇"), _("不属于本镇的，选择应当受理的乡镇；编号不变。")),
            "unit": fields.OwnUnit(
                _("转交本镇单位"), _("交本镇的村（社区）或单位办理的，输入名称或简码检索。与上一项只填一个。")
            ),
            "instruction": fields.OPINION,
            "resolve_by": fields.RESOLVE_BY,
        },
    ),
    "report_up": EntryWords(
        pgettext_lazy("trail", "上报县级"),
        "arrow-up-circle",
        note=notes.reported_up,
        button=_("上报县级"),
        effect=_(
            "上报后由县综治中心接收；接收之前仍由本中心保管。县级交办的件，上报即退回县综治中心，请写明理由。"
        ),
        leads=BESIDE,
        follow=as_of.asked("report_up"),
        fields={
            "reason": fields.REASON,
        },
    ),
    "accept_report": EntryWords(
        pgettext_lazy("trail", "接收上报"),
        "inbox",
        button=_("接收上报"),
        effect=_("接收后由县综治中心管理和分流，涉及的其他乡镇可以查看。"),
        leads=30,
        follow=as_of.taken_up,
        fields={
            "level": fields.LEVEL,
            "reason": fields.REASON_OF_LEVEL,
        },
    ),
    "request_return": EntryWords(
        pgettext_lazy("trail", "申请退回"),
        "arrow-return-left",
        "warn",
        note=notes.return_asked,
        button=_("申请退回"),
        effect=_("退回须在交办后的规定期限内提出；同意之前仍由本单位负责，时限照常计算，也可以撤回申请。"),
        leads=BESIDE,
        follow=as_of.asked("return"),
        fields={
            "ground": fields.Choice(_("退回依据"), choices=ReturnGround.choices),
            "reason": fields.REASON,
        },
    ),
    "decide_return": EntryWords(
        pgettext_lazy("trail", "审批退回"),
        "check2-square",
        note=notes.decided,
        button=_("审批退回"),
        effect=_("同意后退回重新分流，占用的时间予以补回；不同意则由原单位继续办理。"),
        leads=10,
        follow=as_of.decided,
        fields={
            "granted": fields.GRANTED,
            "reason": fields.REASON,
        },
    ),
    "take_back": EntryWords(
        pgettext_lazy("trail", "撤回申请"),
        "arrow-90deg-left",
        "info",
        note=notes.taken_back,
        button=_("撤回申请"),
        effect=_("撤回后申请作废，由本单位继续办理，原来的时限照常计算；等待审批的单位会收到通知。"),
        leads=BESIDE,
        follow=as_of.decided,
    ),
    "transfer": EntryWords(
        pgettext_lazy("trail", "转办"),
        "arrow-left-right",
        note=notes.assigned,
        button=_("转办"),
        effect=_("转办后由新的单位负责；原单位只能看到转办之前的记录。"),
        leads=BESIDE,
        follow=as_of.given,
        fields={
            "lead_unit": fields.LEAD_UNIT,
            "reason": fields.REASON,
        },
    ),
}
