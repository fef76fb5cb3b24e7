"""What a page has dozens of, written in Python as the widgets are: fifty lines of a trail cost 1 ms instead of 9 as a
template. Words are translated here, and what comes from outside is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import normalize_newlines
from django.utils.translation import pgettext

from core import icons, wording
from core.navigation import NavItem
from core.translated import gettext as _


def escaped(text: Any) -> str:
    """As `conditional_escape`: what is safe stays, everything else is escaped. A plain text, of which a page has a
    thousand, without its detours."""
    return escape(text) if type(text) is str else conditional_escape(text)


def icon(name: str, label: str = "", classes: str = "") -> SafeString:
    """An icon beside a text; with `label` when it stands alone."""
    return _icon(str(name), escaped(label), escaped(classes))


@lru_cache(maxsize=1024)
def _icon(name: str, label: str, classes: str) -> SafeString:
    """A page shows a hundred icons out of a few dozen; label and classes come escaped."""
    role = f'role="img" aria-label="{label}"' if label else 'aria-hidden="true"'
    head = (
        f'<svg class="icon {classes}" width="16" height="16" fill="currentColor" viewBox="0 0 16 16" {role}>'
    )
    return mark_safe(f"{head}{icons.body_of(name)}</svg>")


def card(
    content: str,
    *,
    title: str = "",
    icon: str = "",
    id: str = "",
    kind: str = "",
    link: str = "",
    link_label: str = "",
) -> SafeString:
    """A box with a heading around what was rendered already; kinds: turn, matter, plain, danger."""
    name = escaped(id)
    box = f' id="{name}"' + (f' aria-labelledby="{name}-title"' if title else "") if id else ""
    head = ""
    if title:
        all_of_it = (
            f'<a class="box-link" href="{escaped(link)}">{escaped(link_label or _("全部"))}</a>'
            if link
            else ""
        )
        named = f' id="{name}-title"' if id else ""
        heading = f'<h2 class="box-title"{named}>{_icon_if(icon)}{escaped(title)}</h2>'
        head = f'<div class="box-head">{heading} {all_of_it}</div>'
    css = f"box box-{escaped(kind)}" if kind else "box"
    return mark_safe(
        f'<section class="{css}"{box}>{head}<div class="box-body">{escaped(content)}</div></section>'
    )


def _icon_if(name: str) -> str:
    return icon(name) if name else ""


def disclosure(content: str, summary: str, *, kind: str = "", open: bool = False) -> SafeString:
    """What was rendered already, behind a summary line; kinds: quiet, section."""
    mark = icon("chevron-right", classes="disclosure-mark")
    return mark_safe(
        f'<details class="disclosure disclosure-{escaped(kind or "quiet")}"{" open" if open else ""}>'
        f"<summary>{mark}{escaped(summary)}</summary>"
        f'<div class="disclosure-body">{escaped(content)}</div></details>'
    )


def timeline_entries(entries: Iterable[Any], correct_url: str = "") -> SafeString:
    """The lines of `components/timeline.html`. `correct_url`: where the reader's own comments are corrected."""
    # each language has an order of its own for what was done and who did it
    head = pgettext("trail", '<strong>%(what)s</strong> <span class="timeline-by">%(who)s</span>')
    return mark_safe("\n".join(_timeline_entry(entry, head, correct_url) for entry in entries))


def _timeline_entry(entry: Any, head: str, correct_url: str) -> str:
    told = _told(entry)
    talk, tone = told("talk"), escaped(told("tone") or "neutral")
    text, note, at = told("text"), told("note"), wording.shanghai(told("at"))
    said = f'<p class="timeline-text">{_with_breaks(str(text))}</p>' if text else ""
    said += f'<p class="timeline-note">{escaped(note)}</p>' if note else ""
    if talk == "mine" and correct_url:
        said += _correcting(f"{correct_url}?comment={told('seq')}", told("title"), at)
    return (
        f'<li class="timeline-entry tone-{tone}{" timeline-talk" if talk else ""}">'
        f'<span class="timeline-dot">{icon(told("icon") or "dot")}</span><div class="timeline-body">'
        f'<p class="timeline-head">{_what_and_who(head, told("title"), told("by"))} '
        f'<time class="timeline-at" datetime="{told("at").isoformat()}">{at}</time></p>{said}</div></li>'
    )


def _told(entry: Any) -> Any:
    """How a field of it is read: entries are objects, or dictionaries in the gallery."""
    if isinstance(entry, Mapping):
        return lambda name: entry.get(name, "")
    return lambda name: getattr(entry, name, "")


def _what_and_who(head: str, what: str, who: str) -> str:
    if not who:
        return f"<strong>{escaped(what)}</strong>"
    return head % {"what": escaped(what), "who": escaped(who)}


def _correcting(url: str, title: str, at: str) -> str:
    hidden = f'<span class="visually-hidden"> {escaped(title)} {at}</span>'
    return f'<p class="timeline-do"><a href="{escaped(url)}">{_("更正")}{hidden}</a></p>'


def _with_breaks(text: str) -> str:
    return escaped(normalize_newlines(text) if "\r" in text else text).replace("\n", "<br>")


def nav_item(item: NavItem) -> SafeString:
    """One entry of the rail or of the phone's bar."""
    label = escaped(item.label)
    here = ' aria-current="page"' if item.active else ""
    count = f'<span class="nav-count">{item.count}</span>' if item.count else ""
    return mark_safe(
        f'<a class="nav-item" href="{escaped(item.url)}" title="{label}"{here}>{icon(item.icon)}'
        f'<span class="rail-label">{label}</span>{count}</a>'
    )


def countdown(due_at: datetime, left: wording.TimeLeft, now: datetime) -> SafeString:
    """Time left to the minute, ticking with the script (`countdown.js`); right without it."""
    moment = {"moment": wording.shanghai(due_at)}
    tone = " is-overdue" if left.overdue else " is-soon" if left.soon else ""
    hidden = escaped(_("%(words)s，截止 %(moment)s") % {**moment, "words": left.words})
    return mark_safe(
        f'<time class="time-left countdown{tone}" datetime="{due_at.isoformat()}" '
        f'data-countdown="{int((due_at - now).total_seconds())}" title="{escaped(_("截止 %(moment)s") % moment)}">'
        f'{icon("clock-fill")}<span data-countdown-words aria-hidden="true">{escaped(left.words)}</span>'
        f'<span class="visually-hidden">{hidden}</span></time>'
    )


def time_left(due_at: datetime, left: wording.TimeLeft) -> SafeString:
    """Words; the exact moment on hover and for screen readers."""
    moment = {"moment": wording.shanghai(due_at)}
    tone = " is-overdue" if left.overdue else " is-soon" if left.soon else ""
    mark = icon("clock-fill") if left.overdue else ""
    hidden = f'<span class="visually-hidden">{escaped(_("，截止 %(moment)s") % moment)}</span>'
    title = escaped(_("截止 %(moment)s") % moment)
    return mark_safe(
        f'<time class="time-left{tone}" datetime="{due_at.isoformat()}" title="{title}">'
        f"{mark}{escaped(left.words)}{hidden}</time>"
    )
