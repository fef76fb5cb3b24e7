"""How the trail speaks of responsible leaders, case leaders and letters."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from disputes import entry_words
from disputes.entry_words import EntryWords
from responsibility.choices import ResponsibilityRule

Data = dict[str, Any]


def connect() -> None:
    entry_words.register(
        {
            "leader_named": EntryWords(
                pgettext_lazy("trail", "确定责任领导"), "person-badge", "neutral", _named, leader=_post
            ),
            "case_leader_started": EntryWords(
                pgettext_lazy("trail", "领导包案"), "person-check", "info", _case_leader
            ),
            "case_leader_progress": EntryWords(pgettext_lazy("trail", "包案进展"), "chat-left-text"),
            "case_leader_taken_over": EntryWords(
                pgettext_lazy("trail", "主要领导接手包案"), "person-up", "warn", _case_leader
            ),
            "case_leader_ended": EntryWords(pgettext_lazy("trail", "结束包案"), "person-dash"),
            "letter_issued": EntryWords(
                pgettext_lazy("trail", "发出函件"), "envelope-paper", "info", _letter
            ),
            "letter_served": EntryWords(
                pgettext_lazy("trail", "函件送达"), "envelope-check", "neutral", _letter
            ),
            "letter_replied": EntryWords(pgettext_lazy("trail", "收到函件回复"), "reply", "good", _letter),
        }
    )


def _post(data: Data) -> str:
    return data.get("post") or ""


def _named(data: Data) -> str:
    leader = data.get("leader") or _("暂无可担任的岗位")
    if data.get("principal"):
        return _("%s（主要领导亲自负责）") % leader
    if data.get("overridden"):
        return _("%s（另行指定）") % leader
    return _("%(leader)s（%(rule)s）") % {"leader": leader, "rule": ResponsibilityRule(data["rule"]).label}


def _case_leader(data: Data) -> str:
    return _("%(leader)s，预计 %(day)s 前化解") % {"leader": data["leader"], "day": data["expected_on"]}


def _letter(data: Data) -> str:
    return _("第 %d 号函") % data["letter"]
