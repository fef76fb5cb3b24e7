"""What becomes of a result, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes import step_fields as fields
from disputes import wording_not_resolved
from disputes.choices import AnswerWay, LeaderAnswer, RevisitWay, Route, TellingWay
from disputes.entry_words import BESIDE, EntryWords
from disputes.rules import as_of
from disputes.steps import notes

SATISFACTION = [("true", _("满意")), ("false", _("不满意")), ("", _("未联系上（或免于回访）"))]

ROWS: dict[str, EntryWords] = {
    "approve_result": EntryWords(
        pgettext_lazy("trail", "审结"),
        "check2-circle",
        "good",
        note=notes.reviewed,
        button=_("审结"),
        effect=_("审结由报结人以外的人员进行。县级交办的件，乡镇审结后报县综治中心审结。"),
        leads=90,
        asked={"result_submitted": _("请审结")},
        asked_while={"approval": _("乡镇已审结，请县级审结")},
        follow=as_of.approved,
        fields={
            "outcome": fields.Finding(_("办理结果"), _("已按报结结果选好；同意的直接提交。")),
            "note": fields.NOTE,
        },
    ),
    "reject_result": EntryWords(
        pgettext_lazy("trail", "退回重办"),
        "arrow-counterclockwise",
        "warn",
        note=notes.rejected,
        button=_("退回重办"),
        effect=_("退回重办不重新计算时限；审结超过规定期限的时间补回给承办单位。"),
        leads=BESIDE,
        follow=as_of.rejected,
        fields={
            "reason": fields.REASON,
        },
    ),
    "revisit": EntryWords(
        pgettext_lazy("trail", "回访"),
        "telephone",
        note=notes.revisited,
        button=_("回访"),
        effect=_("回访由承办人以外的人员进行；两次未联系上的，可说明理由免于回访。"),
        leads=110,
        asked={"settled": _("请回访并销号")},
        follow=as_of.revisited,
        fields={
            "way": fields.Choice(_("回访方式"), choices=RevisitWay.choices),
            "account": fields.account(_("回访情况")),
            "satisfied": fields.Truth(_("当事人是否满意"), choices=SATISFACTION),
        },
    ),
    "tell_routes": EntryWords(
        pgettext_lazy("trail", "告知途径"),
        "signpost-split",
        note=wording_not_resolved.told_note,
        button=_("告知途径"),
        effect=_(
            "登记已经告知当事人哪些法定途径、何时、怎样告知的；当事人当场或以后选择了其中一项的，一并登记。"
            "可以打印处理未果告知书交给当事人签收。写错了或者当事人后来才选择的，再登记一次，原来的内容保留在流转记录里。"
        ),
        leads=60,
        asked={"not_resolved": _("处理未果，请告知当事人其他途径并回访，或者重新分流")},
        fields={
            "routes": fields.Several(_("已告知的其他途径"), choices=Route.choices),
            "on": fields.Day(_("告知日期")),
            "way": fields.Choice(_("告知方式"), choices=TellingWay.choices),
            "chosen": fields.LaterChoice(
                _("当事人选择的途径"),
                _("只能是上面已告知的途径之一；以后才选择的，再登记一次。"),
                _("当事人还没有选择"),
                choices=Route.choices,
            ),
        },
    ),
    "answer_not_resolved": EntryWords(
        pgettext_lazy("trail", "答复处理未果"),
        "pen",
        note=notes.answered_no_result,
        button=_("答复处理未果"),
        effect=_(
            "处理未果的由主要领导答复：继续组织化解的，由综治中心重新分流；同意转其他途径的，告知途径并回访以后才能销号。"
            "管理中心会收到通知；以后可以再次答复，以最后一次为准。"
        ),
        leads=50,
        fields={
            "decision": fields.Choice(_("答复意见"), choices=LeaderAnswer.choices),
            "instruction": fields.Words(_("答复内容")),
        },
    ),
    "close": EntryWords(
        pgettext_lazy("trail", "销号"),
        "archive",
        button=_("销号"),
        effect=_("销号后本件结束，可以补充材料或重启。"),
        leads=120,
        follow=as_of.closed,
    ),
    "archive": EntryWords(
        pgettext_lazy("trail", "归档"),
        "archive",
        button=_("归档"),
        effect=_("归档后只能补充材料或重启。"),
        leads=130,
    ),
    "reopen": EntryWords(
        pgettext_lazy("trail", "重启"),
        "arrow-repeat",
        button=_("重启"),
        effect=_("重启后重新分流并开始新的时限；以前的超期记录仍然保留。"),
        leads=BESIDE,
        follow=as_of.reopened,
        fields={
            "reason": fields.REASON,
        },
    ),
    "answer_origin": EntryWords(
        pgettext_lazy("trail", "答复来件单位"),
        "reply",
        note=notes.origin_answered,
        button=_("答复来件单位"),
        effect=_("登记已经给来件单位的书面答复。来件要求的期限随之完成；纠纷办结、销号以后也可以登记。"),
        leads=BESIDE,
        fields={
            "on": fields.Day(_("答复日期")),
            "way": fields.Choice(_("答复方式"), choices=AnswerWay.choices),
            "account": fields.account(_("答复内容")),
        },
    ),
}
