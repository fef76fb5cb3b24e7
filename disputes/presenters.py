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
from disputes.entry_words import EntryData, EntryWords, words_of
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
    return [
        _entry(row, data, names, actors.get(key_of(row), row.actor_label), reader)
        for row, data in zip(rows, payloads, strict=True)
    ]


def _entry(row: TrailEntry, data: Data, names: dict[str, str], actor: str, reader: int | None) -> Entry:
    texts = {text.name: text for text in row.texts.all()}
    said = [_said(texts[name], data) for name in SHOWN_TEXTS if name in texts]
    words = words_of(row.step)
    said += correction_words.said(words.corrects, data, list(texts.values()))
    return Entry(
        at=row.at,
        title=str(words.label),
        by=actor if row.user_id else pgettext("trail", "系统"),
        text="\n".join(part for part in said if part),
        note=_note(words, EntryData(data, row.seq, names)),
        icon=words.icon,
        tone=words.tone,
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


def _note(words: EntryWords, data: EntryData) -> str:
    """What the step's own line says, then what ended with it."""
    said = [words.note(data)]
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
