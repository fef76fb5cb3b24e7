"""Trail entries in words: what happened, by which post, and the texts that belong to it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.clock import SHANGHAI
from disputes import comment_words, correction_words, wording_not_resolved
from disputes.choices import (
    AnswerWay,
    DeadlineKind,
    MediationGround,
    Outcome,
    RequestKind,
    ReturnGround,
    ReviewOutcome,
    RevisitWay,
    Route,
)
from disputes.entry_words import REGISTERED
from disputes.models import EntryText, TrailEntry
from disputes.models.shown_numbers import shown_number
from disputes.selectors.actors_shown import key_of, shown_actors
from disputes.wording_danger import told_words
from disputes.wording_protection import said_of_few
from disputes.wording_trail import DONE
from jurisdictions.models import Organization

Data = dict[str, Any]
SHOWN_TEXTS = (
    "instruction",
    "reason",
    "account",
    "note",
    "decision",
    "opinion",
    "danger_told",
    "origin",
    "comment",
)
ICONS = {
    "register": "journal-plus",
    "accept": "check2",
    "decline": "x-circle",
    "merge": "intersect",
    "merged_in": "intersect",
    "merged_on": "intersect",
    "assign": "send",
    "transfer": "arrow-left-right",
    "hand_down": "arrow-down-circle",
    "recall": "arrow-return-left",
    "pass_to": "box-arrow-right",
    "report_up": "arrow-up-circle",
    "accept_report": "inbox",
    "sign_for": "pen",
    "change_person": "person",
    "decide_return": "check2-square",
    "take_back": "arrow-90deg-left",
    "report_progress": "chat-left-text",
    "suspend": "pause-circle",
    "begin_mediation": "calendar-check",
    "resume": "play-circle",
    "request_extension": "hourglass-split",
    "decide_extension": "check2-square",
    "submit_result": "flag",
    "revisit": "telephone",
    "archive": "archive",
    "reopen": "arrow-repeat",
    "withdraw": "x-circle",
    "correct": "pencil-square",
    "add_party": "person-plus",
    "correct_party": "person-gear",
    "mark_conflict": "person-slash",
    "restrict": "eye-slash",
    "lift_restriction": "eye",
    "reminded": "megaphone",
    "paper_added": "paperclip",
    "danger_reported": "exclamation-triangle",
    "settle_on_spot": "check2-circle",
    "deadline_missed": "clock-history",
    "approve_result": "check2-circle",
    "reject_result": "arrow-counterclockwise",
    "request_return": "arrow-return-left",
    "tell_routes": "signpost-split",
    "answer_not_resolved": "pen",
    "close": "archive",
    "answer_origin": "reply",
    "instruct": "pen",
    "comment": "chat-square-text",
    "correct_comment": "chat-square-text",
    "coordinated": "calendar-check",
    "reviewed_weekly": "calendar-week",
    "told_again": "bell",
    "decider_reminded": "bell",
    "request_voided": "hourglass-bottom",
    "decision_moved_up": "arrow-up",
    "clocks_shortened": "alarm",
}
TONES = {  # what is not here reads neutral
    "deadline_missed": "bad",
    "reject_result": "warn",
    "request_return": "warn",
    "approve_result": "good",
    "settle_on_spot": "good",
    "told_again": "warn",
    "decider_reminded": "warn",
    "clocks_shortened": "warn",
    "take_back": "info",
    "correct": "info",
    "add_party": "info",
    "correct_party": "info",
    "mark_conflict": "warn",
    "restrict": "warn",
    "instruct": "info",
    "decision_moved_up": "warn",
    "recall": "warn",
    "request_voided": "warn",
}


@dataclass(frozen=True)
class Entry:
    """One line of the timeline component."""

    at: datetime
    title: str
    by: str
    text: str
    note: str
    icon: str
    tone: str
    seq: int = 0
    talk: str = ""  # a comment, or "mine" where its reader wrote it and may correct it


def entries(rows: list[TrailEntry], *, reader: int | None = None) -> list[Entry]:
    """The rows (their texts prefetched) as timeline lines; unit names in one query. `reader`: whose comments are
    marked as theirs to correct, a user's id."""
    payloads = [json.loads(row.payload)["data"] for row in rows]
    names = (
        _unit_names(payloads) | correction_words.names_in(payloads) | comment_words.names_in(rows, payloads)
    )
    actors = shown_actors(rows)
    return [
        _entry(row, data, names, actors.get(key_of(row), row.actor_label), reader)
        for row, data in zip(rows, payloads, strict=True)
    ]


def _entry(row: TrailEntry, data: Data, names: dict[str, str], actor: str, reader: int | None) -> Entry:
    texts = {text.name: text for text in row.texts.all()}
    said = [_said(texts[name], data) for name in SHOWN_TEXTS if name in texts]
    said += correction_words.said(row.step, data, list(texts.values()))
    upper = REGISTERED.get(row.step)
    note = upper.note(data) if upper else _note(row.step, data, names)
    if row.step == "comment":
        note = comment_words.note(row.seq, data, names)
    return Entry(
        at=row.at,
        title=str(upper.label if upper else DONE.get(row.step, row.step)),
        by=actor if row.user_id else pgettext("trail", "系统"),
        text="\n".join(part for part in said if part),
        note=note,
        icon=upper.icon if upper else ICONS.get(row.step, "dot"),
        tone=upper.tone if upper else TONES.get(row.step, "neutral"),
        seq=row.seq,
        talk=comment_words.mark(row, reader),
    )


def _said(text: EntryText, data: Data) -> str:
    """The words of a text; whom somebody told of danger comes with the time."""
    if text.erased_at:
        return _("（文本已按期删除）")
    if text.name == "origin":
        return _("来件：%s") % text.text if text.text else ""
    if text.name != "danger_told":
        return text.text
    at = parse_datetime(data.get("danger_told_at") or "")
    return _("已报告：%s") % told_words(text.text, at) if text.text else ""


def _note(step: str, data: Data, names: dict[str, str]) -> str:
    """What the step's own line says, then what ended with it."""
    said = [NOTES.get(step, _no_note)(data, names)]
    if data.get("request_ended"):
        said.append(_("%s申请随之终止") % RequestKind(data["request_ended"]).label)
    if data.get("rest_ended"):
        said.append(_("计时中止随之结束"))
    return _("；").join(part for part in said if part)


def _no_note(data: Data, names: dict[str, str]) -> str:
    return ""


def _day(text: str | None) -> str:
    moment = parse_datetime(text) if text and "T" in text else None
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d}" if moment else text or ""


def _minute(text: str) -> str:
    moment = parse_datetime(text)
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if moment else text


def _assigned(data: Data, names: dict[str, str]) -> str:
    said = _("责任单位：%s") % names.get(data["lead_unit"], data["lead_unit"])
    helpers = _("、").join(names.get(code, code) for code in data.get("co_units", []))
    return said + (_("；协办：%s") % helpers if helpers else "")


def _handed_down(data: Data, names: dict[str, str]) -> str:
    to = names.get(data["to"], data["to"])
    said = {"to": to, "day": _day(data["county_due"])}
    return _("交%(to)s办理；县级要求 %(day)s 前办结") % said


def _passed(data: Data, names: dict[str, str]) -> str:
    if data.get("lead_unit"):
        return _assigned(data, names)
    said = _("转交%s受理办理") % names.get(data["to"], data["to"])
    return said + (_("；化解时限：%s") % _day(data["resolve_by"]) if data.get("resolve_by") else "")


def _accepted(data: Data, names: dict[str, str]) -> str:
    return _("；").join([_("化解时限：%s") % _day(data.get("resolve_by")), *said_of_few(data)])


def _declined(data: Data, names: dict[str, str]) -> str:
    return _("已告知其他途径：%s") % _("、").join(str(Route(route).label) for route in data["routes"])


def _missed(data: Data, names: dict[str, str]) -> str:
    return _("%(kind)s时限为 %(day)s") % {
        "kind": DeadlineKind(data["kind"]).label,
        "day": _day(data["due_at"]),
    }


def _submitted(data: Data, names: dict[str, str]) -> str:
    return str(Outcome(data["outcome"]).label)


def _reviewed(data: Data, names: dict[str, str]) -> str:
    found = str(ReviewOutcome(data["outcome"]).label)
    said = found + (_("（一人岗，免审）") if data.get("single_post") else "")
    return said + (_("；报%s审结") % names.get(data["to"], data["to"]) if data.get("to") else "")


def _revisited(data: Data, names: dict[str, str]) -> str:
    answer = {True: _("满意"), False: _("不满意"), None: ""}[data.get("satisfied")]
    if not answer and data["way"] != RevisitWay.WAIVED:
        answer = _("未联系上")
    return " · ".join(part for part in (str(RevisitWay(data["way"]).label), answer) if part)


def _decided(data: Data, names: dict[str, str]) -> str:
    said = pgettext("trail", "同意") if data["granted"] else pgettext("trail", "不同意")
    if data.get("final"):
        said += _("，县综治中心指定办理")
    return said + (_("，新的化解时限：%s") % _day(data["resolve_by"]) if data.get("resolve_by") else "")


def _rejected(data: Data, names: dict[str, str]) -> str:
    """Entries of earlier versions hold no date."""
    if not data.get("resolve_by"):
        return ""
    said = _("化解时限：%s") % _day(data["resolve_by"])
    return said + (_("（审结超期的时间已补回承办单位）") if data["given_back"] else "")


def _shortened(data: Data, names: dict[str, str]) -> str:
    said = [
        _("%(kind)s须在 %(due)s 前完成") % {"kind": DeadlineKind(kind).label, "due": _minute(due)}
        for kind, due in data["clocks"]
    ]
    return _("情况紧急：%s") % _("；").join(said)


def _coordinated(data: Data, names: dict[str, str]) -> str:
    unit = names.get(data["unit"], data["unit"])
    if data.get("done"):
        return _("%s 已完成") % unit
    if data.get("feedback"):
        return _("%s 反馈") % unit
    said = _("%(unit)s，%(day)s 前完成") % {"unit": unit, "day": data["due_on"]}
    return said + (_("；化解时限改为 %s") % _day(data["resolve_by"]) if data.get("resolve_by") else "")


def _registered(data: Data, names: dict[str, str]) -> str:
    """What who sent it wants back."""
    origin = data.get("origin") or {}
    said = [_("来件要求 %s 前办结") % _day(origin["due_at"])] if origin.get("due_at") else []
    told = _("，").join([*said, _("要求书面答复")] if origin.get("answer_wanted") else said)
    return _("；").join(part for part in (told, *said_of_few(data)) if part)


NOTES: dict[str, Callable[[Data, dict[str, str]], str]] = {
    "accept": lambda data, names: _accepted(data, names) if data else "",
    "register": _registered,
    "begin_mediation": lambda data, names: f"{data['on']} · {MediationGround(data['ground']).label}",
    "answer_origin": lambda data, names: f"{data['on']} · {AnswerWay(data['way']).label}",
    "decline": _declined,
    "merge": lambda data, names: _("并入 %s") % shown_number(data["into"]),
    "merged_in": lambda data, names: _("%s 并入本件，一并办理") % shown_number(data["from"]),
    "merged_on": lambda data, names: _("并入 %s") % shown_number(data["into"]),
    "assign": _assigned,
    "transfer": _assigned,
    "hand_down": _handed_down,
    "recall": lambda data, names: _("由%s收回") % names.get(data["to"], data["to"]),
    "pass_to": _passed,
    "report_up": lambda data, names: _("报 %s") % names.get(data["to"], data["to"]),
    "request_return": lambda data, names: str(ReturnGround(data["ground"]).label),
    "decide_return": _decided,
    "decide_extension": _decided,
    "request_extension": lambda data, names: _("申请延长 %d 天") % data["days"],
    "suspend": lambda data, names: _("预计至 %s") % data["until"],
    "submit_result": _submitted,
    "approve_result": _reviewed,
    "reject_result": _rejected,
    "take_back": lambda data, names: str(RequestKind(data["kind"]).label),
    "revisit": _revisited,
    **wording_not_resolved.NOTES,
    "paper_added": lambda data, names: _("由 %s 转来") % shown_number(data["via"]) if data.get("via") else "",
    "deadline_missed": _missed,
    "clocks_shortened": _shortened,
    "coordinated": _coordinated,
    "reviewed_weekly": lambda data, names: _("%s 起的一周") % data["week"],
    **correction_words.NOTES,
    "correct_comment": lambda data, names: comment_words.corrects(data, names),
    "decision_moved_up": lambda data, names: _("由 %s 决定") % names.get(data["to"], data["to"]),
}


def _unit_names(payloads: list[Data]) -> dict[str, str]:
    codes = {
        code
        for data in payloads
        for code in [data.get("lead_unit"), data.get("to"), data.get("unit"), *data.get("co_units", [])]
        if isinstance(code, str)
    }
    rows = Organization.objects.filter(code__in=codes)
    return {row.code: str(row) for row in rows} if codes else {}
