"""What the unit does with it, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes import step_fields as fields
from disputes.choices import MediationGround, Outcome
from disputes.entry_words import BESIDE, EntryWords
from disputes.rules import as_of
from disputes.steps import notes

ROWS: dict[str, EntryWords] = {
    "sign_for": EntryWords(
        pgettext_lazy("trail", "签收"),
        "pen",
        button=_("签收"),
        effect=_("签收后由本单位负责办理。可以改派本单位的另一位承办人。"),
        leads=80,
        asked={"assigned": _("请签收")},
        follow=as_of.person,
        fields={
            "person": fields.PERSON,
        },
    ),
    "change_person": EntryWords(
        pgettext_lazy("trail", "改派责任人"),
        "person",
        button=_("改派责任人"),
        effect=_("改派只在本单位内部进行，不改变责任单位。"),
        leads=BESIDE,
        follow=as_of.person,
        fields={
            "person": fields.PERSON,
        },
    ),
    "report_progress": EntryWords(
        pgettext_lazy("trail", "报告进展"),
        "chat-left-text",
        button=_("报告进展"),
        effect=_("进展写入流转记录，供交办单位和领导查看。"),
        leads=BESIDE,
        fields={
            "account": fields.account(_("进展情况")),
        },
    ),
    "suspend": EntryWords(
        pgettext_lazy("trail", "中止计时"),
        "pause-circle",
        note=notes.suspended,
        button=_("中止计时"),
        effect=_("法定途径（如鉴定、仲裁、诉讼）进行期间中止计算化解时限；预警时限不受影响。"),
        leads=BESIDE,
        follow=as_of.suspended,
        fields={
            "reason": fields.REASON,
            "until": fields.Day(_("预计恢复日期")),
        },
    ),
    "resume": EntryWords(
        pgettext_lazy("trail", "恢复计时"),
        "play-circle",
        button=_("恢复计时"),
        effect=_("恢复后继续计算化解时限。"),
        leads=BESIDE,
        follow=as_of.suspended,
    ),
    "begin_mediation": EntryWords(
        pgettext_lazy("trail", "登记调解起算"),
        "calendar-check",
        note=notes.mediation_begun,
        button=_("登记调解起算"),
        effect=_(
            "公安机关调解道路交通事故损害赔偿的期限，只从这里登记的法定起算日起计算，不从受理之日起算；登记后化解时限按法定期限重新计算。"
            "登记错了的，可以重新登记。"
        ),
        leads=BESIDE,
        fields={
            "ground": fields.Choice(_("起算事由"), choices=MediationGround.choices),
            "on": fields.Day(_("起算日期")),
        },
    ),
    "request_extension": EntryWords(
        pgettext_lazy("trail", "申请延期"),
        "hourglass-split",
        note=notes.extension_asked,
        button=_("申请延期"),
        effect=_("延期须在到期前至少一个工作日提出；第一次由交办单位决定，再次延期由责任领导决定。"),
        leads=BESIDE,
        follow=as_of.asked("extension"),
        fields={
            "days": fields.Whole(_("延长天数"), most_typed=180),
            "reason": fields.REASON,
        },
    ),
    "decide_extension": EntryWords(
        pgettext_lazy("trail", "审批延期"),
        "check2-square",
        note=notes.decided,
        button=_("审批延期"),
        effect=_("须在规定期限内决定；化解时限到期仍未决定的，申请失效。"),
        leads=20,
        follow=as_of.decided,
        fields={
            "granted": fields.GRANTED,
            "reason": fields.REASON,
        },
    ),
    "submit_result": EntryWords(
        pgettext_lazy("trail", "报结"),
        "flag",
        note=notes.submitted,
        button=_("报结"),
        effect=_(
            "报结后由交办单位审结；报结之日即视为完成办理的日期，被退回重办的继续计算原时限，审结超期的时间补回。"
            "还在等待审批的延期申请随报结终止。"
        ),
        leads=100,
        asked={"in_progress": _("请继续办理")},
        follow=as_of.submitted,
        fields={
            "outcome": fields.Choice(_("办理结果"), choices=Outcome.choices),
            "account": fields.account(_("化解情况")),
            "performance_until": fields.Day(_("最后履行日期"), _("协议约定分期或日后履行的，请填写。")),
        },
    ),
}
