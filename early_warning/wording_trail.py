"""How the trail speaks of warnings and escalations."""

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from core.clock import SHANGHAI
from disputes import entry_words
from disputes.choices import LEVEL_LABELS
from disputes.entry_words import EntryWords
from disputes.rules import as_of
from early_warning.choices import Outcome

Data = dict[str, Any]


def _to(data: Data) -> int:
    return int(data["level"])


def _none(_data: Data) -> int:
    return 0


def _level(number: int) -> str:
    return str(LEVEL_LABELS.get(number, ""))


def _told(rows: list[Data]) -> str:
    asked = [row["leader"] for row in rows if not row["outcome"]]
    return _("、").join(dict.fromkeys(asked))


def _opened(data: Data) -> str:
    said = {"level": _level(data["level"]), "told": _told(data["told"])}
    if data.get("confirmed"):
        return _("%(level)s，已报告%(told)s") % said
    return _("%(level)s（系统初判，待核），已报告%(told)s") % said


def _breaks_out(data: Data) -> str:
    told = _told(data["told"])
    return _("已同时报告%s") % told if told else ""


def _changed(data: Data) -> str:
    said = {"before": _level(data["from"]), "level": _level(data["level"]), "told": _told(data["told"])}
    return _("由%(before)s改为%(level)s，已报告%(told)s") % said


def _asked(data: Data) -> str:
    return _("须经%s同意") % data["consent"]


def _decided(data: Data) -> str:
    return pgettext("trail", "同意") if data["granted"] else pgettext("trail", "不同意")


def _climbed(data: Data) -> str:
    outcome = str(Outcome(data["outcome"]).label).partition("，")[0]
    said = {"leader": data["leader"], "outcome": outcome, "next": _told(data["next"])}
    if said["next"]:
        return _("%(leader)s%(outcome)s，已报告%(next)s") % said
    return _("%(leader)s%(outcome)s，已报告县综治中心") % said


def _checked(data: Data) -> str:
    return _("核实通过") if data["passed"] else _("核实未通过，继续上报")


def _phoned(data: Data) -> str:
    return (
        _("%s：打通，本人已知悉") % data["leader"] if data["reached"] else _("%s：没有打通") % data["leader"]
    )


def _resolve_by(data: Data) -> str:
    moment = parse_datetime(data["resolve_by"])
    day = f"{moment.astimezone(SHANGHAI):%Y-%m-%d}" if moment else ""
    said = {"leader": data["leader"], "day": day}
    if data["shortened"]:
        return _("%(leader)s缩短至 %(day)s") % said
    return _("%(leader)s确认为 %(day)s") % said


def _leader(data: Data) -> str:
    return str(data["leader"])


WORDS = {
    "warning_opened": EntryWords(pgettext_lazy("trail", "预警"), "exclamation-triangle", "bad", _opened, _to),
    "warning_breaks_out": EntryWords(pgettext_lazy("trail", "事件正在发生"), "broadcast", "bad", _breaks_out),
    "warning_called_off": EntryWords(pgettext_lazy("trail", "核实没有发生"), "broadcast", "info"),
    "warning_danger_cleared": EntryWords(
        pgettext_lazy("trail", "核实没有人身危险"), "shield-check", "info", follow=as_of.danger
    ),
    "warning_carried_over": EntryWords(
        pgettext_lazy("trail", "预警随并案转入"), "intersect", "warn", level=_none
    ),
    "warning_incident": EntryWords(pgettext_lazy("trail", "现场处置"), "broadcast", "warn"),
    "level_none": EntryWords(pgettext_lazy("trail", "核定不预警"), "shield-check", "info", level=_none),
    "imported_level_dropped": EntryWords(
        pgettext_lazy("trail", "导入时读出的预警，核定不预警"), "patch-check", "info"
    ),
    "level_raised": EntryWords(pgettext_lazy("trail", "预警提级"), "arrow-up-circle", "bad", _changed, _to),
    "level_lowered": EntryWords(
        pgettext_lazy("trail", "预警降级"), "arrow-down-circle", "info", _changed, _to
    ),
    "level_lifted": EntryWords(pgettext_lazy("trail", "预警解除"), "check-circle", "good", level=_none),
    "level_confirmed": EntryWords(pgettext_lazy("trail", "核定预警"), "patch-check", "info"),
    "level_change_asked": EntryWords(
        pgettext_lazy("trail", "申请调整预警级别"), "question-circle", "info", _asked
    ),
    "level_decided": EntryWords(
        pgettext_lazy("trail", "决定是否同意调整"), "check2-square", "info", _decided
    ),
    "escalation_climbed": EntryWords(pgettext_lazy("trail", "预警上报下一级"), "arrow-up", "warn", _climbed),
    "escalation_acknowledged": EntryWords(pgettext_lazy("trail", "知悉预警"), "eye", "info", _leader),
    "escalation_instructed": EntryWords(pgettext_lazy("trail", "批示"), "pen", "info", _leader),
    "escalation_resolve_by": EntryWords(
        pgettext_lazy("trail", "明确化解时限"), "calendar-check", "warn", _resolve_by
    ),
    "escalation_risk_removed": EntryWords(
        pgettext_lazy("trail", "报告风险已消除"), "shield-check", "good", _leader
    ),
    "escalation_no_result": EntryWords(
        pgettext_lazy("trail", "处理未果"), "arrow-up-circle", "warn", _leader
    ),
    "escalation_checked": EntryWords(
        pgettext_lazy("trail", "核实风险是否消除"), "clipboard-check", "info", _checked
    ),
    "escalation_phoned": EntryWords(pgettext_lazy("trail", "电话报告领导"), "telephone", "info", _phoned),
    "escalation_passed_over": EntryWords(
        pgettext_lazy("trail", "预警转交现任或代理人"), "person-lines-fill", "info", _leader
    ),
}


def connect() -> None:
    entry_words.register(WORDS)
