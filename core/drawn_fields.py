"""A form field as it stands on every form, written in Python (`core/drawing.py` says why): a filter has thirty."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString, mark_safe

from core.drawing import escaped, icon
from core.translated import gettext as _


def field_box(field: Any, label: str = "", help: str = "", classes: str = "", suffix: str = "") -> SafeString:
    """Label above, help, errors, control. `suffix` stands behind it (元, 人); empty words are the field's own."""
    if field.is_hidden:
        return mark_safe(str(field))
    label, help = label or field.label, help or field.help_text
    kind, wrong = getattr(field, "kind", "") or "control", " field-wrong" if field.errors else ""
    box = f'class="field field-{kind}{wrong}{f" {escaped(classes)}" if classes else ""}"'
    explained = (
        f'<div class="field-help" id="{escaped(field.auto_id)}_helptext">{escaped(help)}</div>'
        if help
        else ""
    )
    if kind == "checkbox":
        return _ticked(box, field, _label(field, "form-check-label", label), explained)
    if kind == "choices":
        return _chosen(box, field, label, explained)
    control = f'<div class="with-suffix">{field}<span>{escaped(suffix)}</span></div>' if suffix else field
    marked = _label(field, "field-label", label, required_mark(field))
    return mark_safe(f"<div {box}>{marked}{explained}{errors_of(field)}{control}</div>")


def _ticked(box: str, field: Any, label: str, explained: str) -> SafeString:
    tick = f'<div class="form-check">{field} {label}</div>'
    return mark_safe(f"<div {box}>{errors_of(field)}{tick}{explained}</div>")


def _chosen(box: str, field: Any, label: str, explained: str) -> SafeString:
    options = "".join(
        f'<div class="form-check">{option.tag()} {_label(option, "form-check-label", option.choice_label)}</div>'
        for option in field
    )
    told = field.aria_describedby
    described = f' aria-describedby="{escaped(told)}"' if told else ""
    legend = f'<legend class="field-label">{escaped(label)}{required_mark(field)}</legend>'
    return mark_safe(
        f'<fieldset {box} id="{escaped(field.auto_id)}"{described}>{legend}{explained}{errors_of(field)}'
        f'<div class="choices">{options}</div></fieldset>'
    )


def _label(control: Any, css: str, words: str, mark: str = "") -> str:
    return f'<label class="{css}" for="{escaped(control.id_for_label)}">{escaped(words)}{mark}</label>'


def required_mark(field: Any) -> str:
    if not field.field.required:
        return ""
    said = _("(必填)")
    return (
        f'<span class="required-mark" aria-hidden="true">*</span><span class="visually-hidden">{said}</span>'
    )


def errors_of(field: Any) -> str:
    errors = field.errors
    if not errors:
        return ""
    said = "".join(f"<p>{escaped(message)}</p>" for message in errors)
    return (
        f'<div class="field-error" id="{escaped(field.auto_id)}_error">{icon("exclamation-circle")} '
        f'<div><span class="visually-hidden">{_("有误：")}</span>{said}</div></div>'
    )
