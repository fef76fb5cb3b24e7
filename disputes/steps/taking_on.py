"""How a matter comes in and is taken on or not, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes import step_fields as fields
from disputes.choices import Route
from disputes.entry_words import BESIDE, EntryWords
from disputes.rules import as_of
from disputes.steps import notes

ROWS: dict[str, EntryWords] = {
    "register": EntryWords(
        pgettext_lazy("trail", "登记"),
        "journal-plus",
        note=notes.registered,
        button=_("登记"),
        follow=as_of.registered,
    ),
    "settle_on_spot": EntryWords(
        pgettext_lazy("trail", "当场化解"),
        "check2-circle",
        "good",
        button=_("当场化解"),
    ),
    "accept": EntryWords(
        pgettext_lazy("trail", "受理"),
        "check2",
        note=notes.accepted,
        button=_("受理"),
        effect=_("受理后开始计算化解时限，并可打印受理告知书交给当事人。"),
        leads=40,
        asked={"registered": _("请办理受理")},
        follow=as_of.accepted,
        fields={
            "level": fields.LEVEL,
            "reason": fields.REASON_OF_LEVEL,
            "restricted": fields.FewKnow(_("是否限制知悉")),
            "resolve_by": fields.RESOLVE_BY,
            "note": fields.NOTE,
        },
    ),
    "decline": EntryWords(
        pgettext_lazy("trail", "不予受理"),
        "x-circle",
        note=notes.declined,
        button=_("不予受理"),
        effect=_(
            "不予受理后本件结束。须写明理由，并告知当事人可以走的其他途径，可打印不予受理告知书。此操作不能撤销。"
        ),
        leads=BESIDE,
        fields={
            "reason": fields.REASON,
            "routes": fields.Several(_("已告知的其他途径"), choices=Route.choices),
        },
    ),
    "merge": EntryWords(
        pgettext_lazy("trail", "并案"),
        "intersect",
        note=notes.merged_into,
        button=_("并案"),
        effect=_(
            "并案后本件结束，由并入的纠纷继续办理，对方可以查看本件的事由、当事人和材料；"
            "两件中应当回避的单位和人员、限制知悉的要求都对合并后的纠纷有效；两份登记回执都继续有效。此操作不能撤销。"
        ),
        leads=BESIDE,
        fields={
            "into": fields.Line(
                _("并入的纠纷编号"),
                _("例如〔2026〕青石镇第000123号，本镇今年的件只填号即可。两份回执都继续有效。"),
            ),
        },
    ),
    "merged_in": EntryWords(
        pgettext_lazy("trail", "并入其他登记"),
        "intersect",
        note=notes.merged_in,
        button=_("并入其他登记"),
        follow=as_of.merged_in,
    ),
    "merged_on": EntryWords(
        pgettext_lazy("trail", "随同并案"),
        "intersect",
        note=notes.merged_into,
        button=_("随同并案"),
    ),
    "withdraw": EntryWords(
        pgettext_lazy("trail", "撤回"),
        "x-circle",
        button=_("撤回"),
        effect=_("撤回后本件结束；未解除的预警继续有效。此操作不能撤销。"),
        leads=BESIDE,
        fields={
            "reason": fields.REASON,
        },
    ),
}
