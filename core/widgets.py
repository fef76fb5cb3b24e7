"""The widgets a form has many of, written in Python: a list of 300 units costs 1 ms instead of 15 as templates.

What comes out is what Django's own templates of the same names give, attribute by attribute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


def select(widget: Mapping[str, Any]) -> SafeString:
    parts = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget)}>']
    for group, options, _index in widget["optgroups"]:
        drawn = [_option(option) for option in options]
        parts += (
            [f'<optgroup label="{conditional_escape(group)}">', *drawn, "</optgroup>"] if group else drawn
        )
    return mark_safe("".join((*parts, "</select>")))


def _option(option: Mapping[str, Any]) -> str:
    value, label = str(option["value"]), option["label"]
    words = str(label) if isinstance(label, str | Promise) else str(localize(label))
    return _option_with(value, words, _attributes(option) if option["attrs"] else "")


@lru_cache(maxsize=4096, typed=True)  # typed: a safe text is not escaped, its plain twin is
def _option_with(value: str, words: str, attributes: str) -> str:
    return f'\n<option value="{conditional_escape(value)}"{attributes}>{conditional_escape(words)}</option>'


def single_input(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    held = "" if value is None else f' value="{conditional_escape(str(value))}"'
    name = conditional_escape(widget["name"])
    return mark_safe(f'<input type="{widget["type"]}" name="{name}"{held}{_attributes(widget)}>')


def textarea(widget: Mapping[str, Any]) -> SafeString:
    text = conditional_escape(widget["value"] or "")  # the first line break in there is not part of the text
    return mark_safe(
        f'<textarea name="{conditional_escape(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>'
    )


def several_inputs(widget: Mapping[str, Any]) -> SafeString:
    """Several inputs of one type-ahead under one name, which combobox.js turns into one."""
    inputs = "".join(single_input(one) for one in widget["subwidgets"])
    return mark_safe(f'<div class="several-inputs" data-combobox-several>{inputs}</div>')


def _attributes(widget: Mapping[str, Any]) -> str:
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{conditional_escape(str(value))}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


FOLDER = "django/forms/widgets/"
DRAWN: dict[str, Callable[[Mapping[str, Any]], SafeString]] = {
    f"{FOLDER}select.html": select,
    f"{FOLDER}textarea.html": textarea,
    "components/several_inputs.html": several_inputs,
    **{
        f"{FOLDER}{kind}.html": single_input
        for kind in ("input", "text", "hidden", "checkbox", "date", "number")
    },
}
