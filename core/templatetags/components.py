"""Tags and filters of the design system; a builtin, so no template has to load it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core import clock, drawing, drawn_fields, drawn_figures, drawn_once, masking, script_words, wording
from core.navigation import NavItem

register = template.Library()
register.tag("once", drawn_once.once)

MESSAGE_TONES = {constants.SUCCESS: "good", constants.WARNING: "warn", constants.ERROR: "bad"}


@register.simple_tag
def icon(name: str, label: str = "", classes: str = "") -> SafeString:
    """`{% icon "bell" %}` beside a text; with `label` when it stands alone."""
    return drawing.icon(name, label, classes)


@register.simple_tag
def timeline_entries(entries: Iterable[Any], correct_url: str = "") -> SafeString:
    """`{% timeline_entries entries correct_url %}`: a page of a dispute has fifty."""
    return drawing.timeline_entries(entries, correct_url)


@register.simple_tag
def field_box(field: Any, label: str = "", help: str = "", classes: str = "", suffix: str = "") -> SafeString:
    """`components/field.html`: one form field with its label, help and errors."""
    return drawn_fields.field_box(field, label, help, classes, suffix)


@register.simple_tag
def figure(label: Any, value: Any, **parts: Any) -> SafeString:
    """`{% figure label=… value=… href=… %}`: one number of a dashboard."""
    return drawn_figures.figure(label, value, **parts)


@register.simple_tag
def data_table(columns: Sequence[Any], rows: Sequence[Any], caption: Any, **parts: Any) -> SafeString:
    """`components/table.html`: a plain table of texts and numbers."""
    return drawn_figures.table(columns, rows, caption, **parts)


@register.simple_tag
def chart(**parts: Any) -> SafeString:
    """`{% chart id=… title=… data=… columns=… rows=… note=… %}`: a chart with its table."""
    return drawn_figures.chart(**parts)


@register.simple_tag
def nav_item(item: NavItem) -> SafeString:
    """`{% nav_item item %}`: each stands in the rail and in the phone's bar."""
    return drawing.nav_item(item)


@register.filter
def tone(value: Any) -> str:
    """The tone beside a value in choices.py; neutral when it has none."""
    return str(getattr(value, "tone", "") or "neutral")


@register.filter
def sh_time(value: datetime | date | None) -> str:
    return wording.shanghai(value)


@register.filter
def sh_date(value: datetime | date | None) -> str:
    return sh_time(value)[:10]


@register.filter
def leads_to(items: Iterable[NavItem], url: str) -> bool:
    """Whether one of the rail's entries goes there: the frame offers nothing this post may not open."""
    return any(item.url == url for item in items)


@register.filter
def money(fen: int | None) -> str:
    return "" if fen is None else wording.yuan(fen)


@register.filter
def mask_name(name: str | None) -> str:
    return masking.name((name or "").strip())


@register.simple_tag
def time_left(due_at: datetime | None, now: datetime | None = None) -> SafeString:
    """`{% time_left dispute.next_due_at %}`: words, exact moment on hover and for screen readers."""
    if due_at is None:
        return SafeString()
    return drawing.time_left(due_at, wording.time_left(due_at, now or clock.now()))


@register.simple_tag
def countdown(due_at: datetime | None, now: datetime | None = None) -> SafeString:
    """`{% countdown row.due_at now %}`: ticks with JavaScript, stands right without; the moment for screen readers."""
    if due_at is None:
        return SafeString()
    moment = now or clock.now()
    return drawing.countdown(due_at, wording.countdown(due_at, moment), moment)


@register.filter
def error_links(form: BaseForm) -> list[dict[str, str]]:
    """Every message of a form with the id of the control it belongs to."""
    links = [{"target": "", "label": "", "message": str(message)} for message in form.non_field_errors()]
    for field in form:
        target = getattr(field, "focus_id", field.auto_id)
        label = "" if field.is_hidden else str(field.label)
        links += [{"target": target, "label": label, "message": str(message)} for message in field.errors]
    return links


@register.simple_block_tag
def card(content: str, title: str = "", **parts: Any) -> str:
    """`{% card title="办理期限" icon="clock" %}…{% endcard %}`"""
    return drawing.card(content, title=title, **parts)


@register.simple_block_tag
def modal(content: str, id: str, title: str, **parts: Any) -> str:
    """A native dialog, opened by `<a href="…" data-dialog="id">`; the link works without JavaScript."""
    return render_to_string("components/modal.html", {"content": content, "id": id, "title": title, **parts})


@register.simple_block_tag
def disclosure(content: str, summary: str, **parts: Any) -> str:
    """Text behind a summary line: 为什么是这一天, 补充信息."""
    return drawing.disclosure(content, summary, **parts)


@register.filter
def message_tone(message: Message) -> str:
    return MESSAGE_TONES.get(message.level, "info")


@register.simple_tag
def js_words() -> SafeString:
    """The sentences our scripts say, in the reader's language."""
    return _js_words(get_language() or "")


@lru_cache(maxsize=8)
def _js_words(_language: str) -> SafeString:
    return json_script({key: str(text) for key, text in script_words.WORDS.items()}, "js-words")
