"""Trail entries in words: what happened, by which post, and the texts that belong to it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.remembered import remembered
from disputes import comment_words, correction_words
from disputes.choices import RequestKind
from disputes.entry_words import EntryData, words_of
from disputes.models import EntryText, TrailEntry
from disputes.selectors.actors_shown import key_of, shown_actors
from disputes.wording_danger import told_words
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
    titles = {step: str(words_of(step).label) for step in {row.step for row in rows}}
    system = pgettext("trail", "系统")
    return [
        Entry(
            at=row.at,
            title=titles[row.step],
            by=actors.get(key_of(row), row.actor_label) if row.user_id else system,
            text=_text(row, data),
            note=_note(row.step, EntryData(data, row.seq, names)),
            icon=words_of(row.step).icon,
            tone=words_of(row.step).tone,
            seq=row.seq,
            talk=comment_words.mark(row, reader),
        )
        for row, data in zip(rows, payloads, strict=True)
    ]


def _text(row: TrailEntry, data: Data) -> str:
    """What was written, and what was put right."""
    texts = {text.name: text for text in row.texts.all()}
    said = [_said(texts[name], data) for name in SHOWN_TEXTS if name in texts] if texts else []
    if corrects := words_of(row.step).corrects:
        said += correction_words.said(corrects, data, list(texts.values()))
    return "\n".join(part for part in said if part)


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


def _note(step: str, data: EntryData) -> str:
    """What the step's own line says, then what ended with it."""
    note = words_of(step).note(data)
    if not (data.get("request_ended") or data.get("rest_ended")):
        return note
    said = [note]
    if data.get("request_ended"):
        said.append(_("%s申请随之终止") % RequestKind(data["request_ended"]).label)
    if data.get("rest_ended"):
        said.append(_("计时中止随之结束"))
    return _("；").join(part for part in said if part)


def _unit_names(payloads: list[Data]) -> dict[str, str]:
    codes = {
        code
        for data in payloads
        for code in [data.get("lead_unit"), data.get("to"), data.get("unit"), *data.get("co_units", [])]
        if isinstance(code, str)
    }
    return {row.code: str(row) for row in _units(frozenset(codes))} if codes else {}


@remembered(256)
def _units(codes: frozenset[str]) -> tuple[Organization, ...]:
    return tuple(Organization.objects.filter(code__in=codes))
