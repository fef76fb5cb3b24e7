"""What the line of an entry says more than its name: out of its ids, codes and numbers, in words."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.clock import SHANGHAI
from disputes.choices import (
    AnswerWay,
    DeadlineKind,
    LeaderAnswer,
    MediationGround,
    Outcome,
    RequestKind,
    ReturnGround,
    ReviewOutcome,
    RevisitWay,
    Route,
)
from disputes.entry_words import EntryData
from disputes.models.shown_numbers import shown_number
from disputes.wording_protection import said_of_few


def day_of(text: str | None) -> str:
    moment = parse_datetime(text) if text and "T" in text else None
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d}" if moment else text or ""


def _minute(text: str) -> str:
    moment = parse_datetime(text)
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if moment else text


def assigned(data: EntryData) -> str:
    said = _("责任单位：%s") % data.named(data["lead_unit"])
    helpers = _("、").join(data.named(code) for code in data.get("co_units", []))
    return said + (_("；协办：%s") % helpers if helpers else "")


def handed_down(data: EntryData) -> str:
    to = data.named(data["to"])
    said = {"to": to, "day": day_of(data["county_due"])}
    return _("交%(to)s办理；县级要求 %(day)s 前办结") % said


def passed(data: EntryData) -> str:
    if data.get("lead_unit"):
        return assigned(data)
    said = _("转交%s受理办理") % data.named(data["to"])
    return said + (_("；化解时限：%s") % day_of(data["resolve_by"]) if data.get("resolve_by") else "")


def accepted(data: EntryData) -> str:
    """Where it was settled on the spot nothing is said of a limit."""
    if not data:
        return ""
    return _("；").join([_("化解时限：%s") % day_of(data.get("resolve_by")), *said_of_few(data)])


def declined(data: EntryData) -> str:
    return _("已告知其他途径：%s") % _("、").join(str(Route(route).label) for route in data["routes"])


def missed(data: EntryData) -> str:
    return _("%(kind)s时限为 %(day)s") % {
        "kind": DeadlineKind(data["kind"]).label,
        "day": day_of(data["due_at"]),
    }


def submitted(data: EntryData) -> str:
    return str(Outcome(data["outcome"]).label)


def reviewed(data: EntryData) -> str:
    found = str(ReviewOutcome(data["outcome"]).label)
    said = found + (_("（一人岗，免审）") if data.get("single_post") else "")
    return said + (_("；报%s审结") % data.named(data["to"]) if data.get("to") else "")


def revisited(data: EntryData) -> str:
    answer = {True: _("满意"), False: _("不满意"), None: ""}[data.get("satisfied")]
    if not answer and data["way"] != RevisitWay.WAIVED:
        answer = _("未联系上")
    return " · ".join(part for part in (str(RevisitWay(data["way"]).label), answer) if part)


def decided(data: EntryData) -> str:
    said = pgettext("trail", "同意") if data["granted"] else pgettext("trail", "不同意")
    if data.get("final"):
        said += _("，县综治中心指定办理")
    return said + (_("，新的化解时限：%s") % day_of(data["resolve_by"]) if data.get("resolve_by") else "")


def rejected(data: EntryData) -> str:
    """Entries of earlier versions hold no date."""
    if not data.get("resolve_by"):
        return ""
    said = _("化解时限：%s") % day_of(data["resolve_by"])
    return said + (_("（审结超期的时间已补回承办单位）") if data["given_back"] else "")


def shortened(data: EntryData) -> str:
    said = [
        _("%(kind)s须在 %(due)s 前完成") % {"kind": DeadlineKind(kind).label, "due": _minute(due)}
        for kind, due in data["clocks"]
    ]
    return _("情况紧急：%s") % _("；").join(said)


def registered(data: EntryData) -> str:
    """What who sent it wants back."""
    origin = data.get("origin") or {}
    said = [_("来件要求 %s 前办结") % day_of(origin["due_at"])] if origin.get("due_at") else []
    told = _("，").join([*said, _("要求书面答复")] if origin.get("answer_wanted") else said)
    return _("；").join(part for part in (told, *said_of_few(data)) if part)


def merged_into(data: EntryData) -> str:
    return _("并入 %s") % shown_number(data["into"])


def merged_in(data: EntryData) -> str:
    return _("%s 并入本件，一并办理") % shown_number(data["from"])


def recalled(data: EntryData) -> str:
    return _("由%s收回") % data.named(data["to"])


def reported_up(data: EntryData) -> str:
    return _("报 %s") % data.named(data["to"])


def moved_up(data: EntryData) -> str:
    return _("由 %s 决定") % data.named(data["to"])


def return_asked(data: EntryData) -> str:
    return str(ReturnGround(data["ground"]).label)


def extension_asked(data: EntryData) -> str:
    return _("申请延长 %d 天") % data["days"]


def taken_back(data: EntryData) -> str:
    return str(RequestKind(data["kind"]).label)


def suspended(data: EntryData) -> str:
    return _("预计至 %s") % data["until"]


def mediation_begun(data: EntryData) -> str:
    return f"{data['on']} · {MediationGround(data['ground']).label}"


def origin_answered(data: EntryData) -> str:
    return f"{data['on']} · {AnswerWay(data['way']).label}"


def answered_no_result(data: EntryData) -> str:
    return str(LeaderAnswer(data["decision"]).label)


def paper_added(data: EntryData) -> str:
    return _("由 %s 转来") % shown_number(data["via"]) if data.get("via") else ""
