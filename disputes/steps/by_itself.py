"""Entries of the trail that are no step: what happens by itself, or is done beside the lifecycle."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.entry_words import EntryWords
from disputes.rules import as_of
from disputes.steps import notes

ROWS: dict[str, EntryWords] = {
    "deadline_missed": EntryWords(
        pgettext_lazy("trail", "超期"),
        "clock-history",
        "bad",
        note=notes.missed,
        button=_("超期"),
    ),
    "told_again": EntryWords(
        pgettext_lazy("trail", "再次提醒县级"),
        "bell",
        "warn",
        button=_("再次提醒县级"),
    ),
    "decider_reminded": EntryWords(
        pgettext_lazy("trail", "再次提醒审批"),
        "bell",
        "warn",
        button=_("再次提醒审批"),
    ),
    "clocks_shortened": EntryWords(
        pgettext_lazy("trail", "缩短时限"),
        "alarm",
        "warn",
        note=notes.shortened,
        button=_("缩短时限"),
    ),
    "request_voided": EntryWords(
        pgettext_lazy("trail", "申请失效"),
        "hourglass-bottom",
        "warn",
        button=_("申请失效"),
        follow=as_of.decided,
    ),
    "decision_moved_up": EntryWords(
        pgettext_lazy("trail", "转上级审批"),
        "arrow-up",
        "warn",
        note=notes.moved_up,
        button=_("转上级审批"),
    ),
    "danger_reported": EntryWords(
        pgettext_lazy("trail", "危险情况报告"),
        "exclamation-triangle",
        button=_("危险情况报告"),
        follow=as_of.danger,
    ),
    "reminded": EntryWords(
        pgettext_lazy("trail", "催办"),
        "megaphone",
        button=_("催办"),
    ),
    "person_fell_to_head": EntryWords(
        pgettext_lazy("trail", "责任人离任，暂由负责人承担"),
        button=_("责任人离任，暂由负责人承担"),
    ),
    "person_changed": EntryWords(
        pgettext_lazy("trail", "责任人变更"),
        button=_("责任人变更"),
    ),
    "paper_added": EntryWords(
        pgettext_lazy("trail", "补充材料"),
        "paperclip",
        note=notes.paper_added,
        button=_("补充材料"),
    ),
    "query_code_renewed": EntryWords(
        pgettext_lazy("trail", "重新生成查询码"),
        button=_("重新生成查询码"),
    ),
}
