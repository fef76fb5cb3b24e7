"""What a process keeps for all: words by language, addresses, parts of pages. Nothing of a page gets into them."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.urls import reverse, set_script_prefix
from django.utils import translation

from core import addresses, translated

PART = """{% once %}{% translate "搜索" %} {% if secret %}{{ secret }}{% endif %}{% endonce %} {{ seen }}"""


def test_what_is_drawn_once_knows_nothing_of_the_page() -> None:
    part = Template(PART)
    first, second = (
        part.render(Context({"secret": secret, "seen": secret, "user": secret})) for secret in ("甲", "乙")
    )
    assert first.count("甲") == 1
    assert second == first.replace("甲", "乙")


@pytest.mark.parametrize("order", [("zh-hans", "en"), ("en", "zh-hans")])
def test_it_is_drawn_in_each_language(order: tuple[str, str]) -> None:
    part, said = Template(PART), {}
    for language in (*order, *order):
        with translation.override(language):
            drawn = part.render(Context())
            assert said.setdefault(language, drawn) == drawn
            assert drawn.startswith(translation.gettext("搜索"))
    assert said["zh-hans"] != said["en"]


def test_it_may_stand_in_a_loop_and_hold_other_parts() -> None:
    button = '{% include "components/button.html" with label=_("筛选") %}'
    part = Template(f'{{% for n in "ab" %}}{{{{ n }}}}{{% once %}}{button}{{% endonce %}}{{% endfor %}}')
    drawn = part.render(Context({"kind": "danger"}))
    assert drawn.count("btn-secondary") == 2
    assert "danger" not in drawn


@pytest.mark.parametrize("language", ["zh-hans", "en", None])
def test_words_are_what_django_says(language: str | None) -> None:
    for _again in range(2):
        if language is None:
            translation.deactivate_all()
        else:
            translation.activate(language)
        for words in ("搜索", "超期 %(amount)s", "没有这样的词"):
            assert translated.gettext(words) == translation.gettext(words)
        for number in (0, 1, 2):
            many = ("%(n)d 天", "%(n)d 天", number)
            assert translated.ngettext(*many) == translation.ngettext(*many)


def test_an_address_follows_what_stands_before_it() -> None:
    name = "disputes:ledger"
    try:
        for prefix in ("/", "/hejie/", "/"):
            set_script_prefix(prefix)
            assert addresses.reverse(name) == reverse(name) == f"{prefix}disputes/"
    finally:
        set_script_prefix("/")
