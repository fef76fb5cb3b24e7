"""What becomes of a result, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes import wording_not_resolved
from disputes.entry_words import BESIDE, EntryWords
from disputes.rules import as_of
from disputes.steps import notes

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
    ),
    "answer_origin": EntryWords(
        pgettext_lazy("trail", "答复来件单位"),
        "reply",
        note=notes.origin_answered,
        button=_("答复来件单位"),
        effect=_("登记已经给来件单位的书面答复。来件要求的期限随之完成；纠纷办结、销号以后也可以登记。"),
        leads=BESIDE,
    ),
}
