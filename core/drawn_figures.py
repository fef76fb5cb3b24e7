"""Numbers of a dashboard, plain tables and charts with their tables, in Python as `core/drawing.py` says why: the
county's dashboard has eleven numbers and six charts with some two hundred cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape as escaped
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.drawing import icon

TALL = 8  # lying bars beyond this many need a taller chart


def figure(
    label: Any,
    value: Any,
    *,
    href: str = "",
    tone: str = "",
    change: str = "",
    change_tone: str = "",
    note: str = "",
    level: int = 0,
    icon: str = "",
) -> SafeString:
    """One number; a `level` makes its label the pill of that level, `icon` stands beside a bad one."""
    name, number = _text(label), _text(value)
    if href:
        hidden = f'<span class="visually-hidden"> {name}</span>'
        number = f'<a href="{escaped(href)}">{number}{hidden}</a>'
    parts = [
        f'<div class="figure-box{f" figure-{escaped(tone)}" if tone else ""}">'
        f'<p class="figure-label">{_named(name, tone, level, icon)}</p><p class="figure-value">{number}</p>'
    ]
    if change:
        parts.append(
            f'<p class="figure-change tone-{escaped(change_tone or "neutral")}">{escaped(change)}</p>'
        )
    if note:
        parts.append(f'<p class="figure-note">{escaped(note)}</p>')
    return mark_safe("".join(parts) + "</div>")


def _named(name: str, tone: str, level: int, mark: str) -> str:
    if level:
        return f'<span class="level level-{level}">{name}</span>'
    return f"{icon(mark or 'clock-history')}{name}" if tone == "bad" else name


def table(
    columns: Sequence[Mapping[str, Any]],
    rows: Sequence[Sequence[Any]],
    caption: Any,
    *,
    empty: str = "",
    visible_caption: bool = False,
) -> SafeString:
    """Texts and numbers that become cards on a phone: `columns` of {label, number?}, cells a text or {value, href?}."""
    heads = [(_text(one["label"]), ' class="number"' if one.get("number") else "") for one in columns]
    head = "".join(f'<th scope="col"{number}>{label}</th>' for label, number in heads)
    starts = [f'<td data-label="{label}"{number}>' for label, number in heads]
    body = "".join(_row(starts, row) for row in rows)
    if not rows:
        body = f'<tr><td class="table-empty" colspan="{len(heads)}">{_text(empty or _("没有数据"))}</td></tr>'
    quiet = "" if visible_caption else ' class="visually-hidden"'
    return mark_safe(
        f'<div class="table-wrap"><table class="data-table"><caption{quiet}>{_text(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(starts: Sequence[str], row: Sequence[Any]) -> str:
    cells = (f"{start}{_cell(cell)}</td>" for start, cell in zip(starts, row, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


def _cell(cell: Any) -> str:
    if not isinstance(cell, Mapping):
        return _text(cell)
    href = cell.get("href")
    return f'<a href="{escaped(href)}">{_text(cell["value"])}</a>' if href else _text(cell["value"])


def chart(
    id: str,
    title: Any,
    data: Mapping[str, Any],
    columns: Sequence[Mapping[str, Any]],
    rows: Sequence[Sequence[Any]],
    note: str = "",
) -> SafeString:
    """A chart with its table: `title` is the question it answers, `data` as the design system's README says."""
    name, asked = escaped(id), escaped(title)
    said = f'<p class="note">{escaped(note)}</p>' if note else ""
    tall = " chart-tall" if data.get("horizontal") and len(data["labels"]) > TALL else ""
    return mark_safe(
        f'<section class="box chart-box" aria-labelledby="{name}-title"><div class="box-head">'
        f'<h2 class="box-title" id="{name}-title">{asked}</h2>'
        f'<button type="button" class="btn btn-plain btn-sm" data-chart-toggle="{name}" aria-expanded="true" '
        f'aria-controls="{name}-table" hidden>{icon("table")}{_("看表格")}</button></div><div class="box-body">'
        f'<div class="chart{tall}" id="{name}" data-chart="{name}-data" role="img" aria-label="{asked}" hidden></div>'
        f'<div id="{name}-table">{table(columns, rows, title)}</div>{json_script(data, f"{id}-data")}'
        f"{said}</div></section>"
    )


def _text(value: Any) -> str:
    """As a template writes it: numbers and days in the reader's form, everything escaped."""
    return escaped(value if isinstance(value, str) else localize(value))
