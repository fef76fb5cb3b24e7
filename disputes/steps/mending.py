"""What is put right, who may know, and what is said of a dispute, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes import comment_words, correction_words
from disputes import step_fields as fields
from disputes.entry_words import BESIDE, EntryWords
from disputes.rules import as_of, corrections

SATISFACTION = [("true", _("满意")), ("false", _("不满意")), ("", _("未联系上（或免于回访）"))]

ROWS: dict[str, EntryWords] = {
    "correct": EntryWords(
        pgettext_lazy("trail", "更正登记"),
        "pencil-square",
        "info",
        note=correction_words.changed,
        button=_("更正登记"),
        effect=_(
            "原来的内容保留在流转记录里。更正后按 §8 重新认定责任领导，事由、标题或人数有改动的重新识别预警；"
            "已经打印的文书请重新打印交给当事人。登记当天由登记人更正，之后由综治中心主任更正。"
        ),
        leads=BESIDE,
        corrects=corrections.WORDS,
        follow=as_of.corrected,
        fields={
            "fields": fields.Changes(),
            "reason": fields.REASON,
        },
    ),
    "add_party": EntryWords(
        pgettext_lazy("trail", "增加当事人"),
        "person-plus",
        "info",
        note=correction_words.added,
        button=_("增加当事人"),
        effect=_("按登记时的规则核对。当事人多于涉及人数的，涉及人数随之增加。"),
        leads=BESIDE,
        corrects=corrections.PARTY_WORDS,
        fields={
            "party": fields.NewParty(),
            "reason": fields.REASON,
        },
    ),
    "correct_party": EntryWords(
        pgettext_lazy("trail", "更正当事人"),
        "person-gear",
        "info",
        note=correction_words.changed,
        button=_("更正当事人"),
        effect=_(
            "不改的留空。要删去电话、证件号码或住址的，填“无”。当事人自己要求更正的，不需要其说明理由，"
            "写明“当事人要求更正”即可。"
        ),
        leads=BESIDE,
        corrects=corrections.PARTY_WORDS,
        fields={
            "party": fields.Whole(),
            "fields": fields.PartyChanges(),
            "reason": fields.REASON,
        },
    ),
    "mark_conflict": EntryWords(
        pgettext_lazy("trail", "标记回避"),
        "person-slash",
        "warn",
        note=correction_words.barred,
        button=_("标记回避"),
        effect=_(
            "立即生效：应当回避的单位和人员从此看不到本件，也不能办理；由其承办的，退回管理中心重新分流，"
            "其提出的申请和报结不再有效；涉及乡镇及以上单位或人员的，由县综治中心管理。标记不能撤销。"
        ),
        leads=BESIDE,
        follow=as_of.barred,
        fields={
            "reason": fields.REASON,
            "units": fields.Codes(),
            "people": fields.People(),
        },
    ),
    "restrict": EntryWords(
        pgettext_lazy("trail", "设为限制知悉"),
        "eye-slash",
        "warn",
        note=correction_words.changed,
        button=_("设为限制知悉"),
        effect=_("立即生效：只有指定的岗位和人员能打开本件，责任人、登记人和管理中心照常办理。"),
        leads=BESIDE,
        fields={
            "reason": fields.REASON,
        },
    ),
    "lift_restriction": EntryWords(
        pgettext_lazy("trail", "解除限制知悉"),
        "eye",
        note=correction_words.changed,
        button=_("解除限制知悉"),
        effect=_("立即生效：所在乡镇、县和承办单位又能打开本件。"),
        leads=BESIDE,
        fields={
            "reason": fields.REASON,
        },
    ),
    "instruct": EntryWords(
        pgettext_lazy("trail", "批示"),
        "pen",
        "info",
        button=_("批示"),
        effect=_("批示写入流转记录，承办单位、协办单位和管理中心会收到通知；责任单位和时限不变。"),
        leads=BESIDE,
        fields={
            "instruction": fields.Words(_("批示内容")),
        },
    ),
    "comment": EntryWords(
        pgettext_lazy("trail", "内部留言"),
        "chat-square-text",
        note=comment_words.note,
        button=_("内部留言"),
        effect=_(
            "写给能查看本件的同事，留在流转记录里；当事人和作为当事人的单位看不到，文书上也没有。"
            "留言不是办理环节，不改变轮到谁办、时限和责任；要办的事请用相应的环节。"
        ),
        leads=BESIDE,
        fields={
            "text": fields.Words(_("留言"), mentions=True),
            "people": fields.People(),
        },
    ),
    "correct_comment": EntryWords(
        pgettext_lazy("trail", "更正留言"),
        "chat-square-text",
        note=comment_words.corrects,
        button=_("更正留言"),
        effect=_("只能更正自己的留言；原来的内容仍留在流转记录里，注明已更正。"),
        leads=BESIDE,
        fields={
            "comment": fields.Hidden(),
            "text": fields.Words(_("留言")),
        },
    ),
}
