"""Sentences to translate are found and merged as the gettext programs would."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from core.messages import Message, collect, in_python, in_template, merge

IMPORT = "from django.utils.translation import {names}\n"


@pytest.mark.parametrize(
    ("names", "call", "message"),
    [
        ("gettext_lazy as _", '_("保存")', Message("保存")),
        ("gettext as _now", '_now("保存")', Message("保存")),
        ("gettext_noop", 'gettext_noop("春节")', Message("春节")),
        ("gettext as _", '_("一" "二")', Message("一二")),
        ("gettext as _", '_("一" + "二")', Message("一二")),
        ("ngettext", 'ngettext("%(n)d 天", "%(n)d 天", n)', Message("%(n)d 天", plural="%(n)d 天")),
        ("pgettext_lazy", 'pgettext_lazy("weekday", "一")', Message("一", context="weekday")),
    ],
)
def test_python_says_what_it_wants_translated(names: str, call: str, message: Message) -> None:
    assert list(in_python(IMPORT.format(names=names) + f"said = {call}")) == [message]


def test_a_function_of_the_same_name_is_something_else() -> None:
    assert list(in_python('from elsewhere import gettext as _\n_("保存")')) == []
    assert list(in_python(IMPORT.format(names="gettext as _") + "_(name)")) == []


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ('{% translate "保存" %}', Message("保存")),
        ("{% translate '一' context \"weekday\" %}", Message("一", context="weekday")),
        ('{% include "x.html" with label=_("打开（全部）") %}', Message("打开（全部）")),
        ('{{ name|default:_("空缺") }}', Message("空缺")),
        ("{% blocktranslate %}{{ n }} 件{% endblocktranslate %}", Message("%(n)s 件")),
        ("{% blocktranslate trimmed %}\n 第一行\n 第二行\n{% endblocktranslate %}", Message("第一行 第二行")),
        (
            "{% blocktranslate count n=n %}一份{% plural %}{{ n }} 份{% endblocktranslate %}",
            Message("一份", plural="%(n)s 份"),
        ),
    ],
)
def test_templates_say_what_they_want_translated(template: str, message: Message) -> None:
    assert list(in_template(template)) == [message]


def test_the_files_that_say_it_are_listed_and_tests_are_left_out(tmp_path: Path) -> None:
    for folder in ("app/templates", "tests", ".venv"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "app/views.py").write_text(IMPORT.format(names="gettext as _") + '_("保存")', "utf-8")
    (tmp_path / "app/templates/page.html").write_text('{% translate "保存" %}', "utf-8")
    for left_out in ("tests/test.py", ".venv/lib.py"):
        (tmp_path / left_out).write_text(IMPORT.format(names="gettext as _") + '_("别的")', "utf-8")

    assert collect(tmp_path) == {Message("保存"): ["app/templates/page.html", "app/views.py"]}


def test_merging_keeps_translations_adds_the_new_and_drops_the_unused() -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="保存", msgstr="Save"))
    catalogue.append(polib.POEntry(msgid="旧的", msgstr="Old"))

    changes = merge(catalogue, {Message("保存"): ["a.py"], Message("新的"): ["b.py"]})

    assert [(entry.msgid, entry.msgstr) for entry in catalogue] == [("保存", "Save"), ("新的", "")]
    assert (changes.added, changes.dropped) == (["新的"], ["旧的"])


def test_a_plural_keeps_both_forms() -> None:
    catalogue = polib.POFile()
    days = polib.POEntry(msgid="%(n)d 天", msgid_plural="%(n)d 天")
    days.msgstr_plural = {0: "%(n)d day", 1: "%(n)d days"}
    catalogue.append(days)

    merge(catalogue, {Message("%(n)d 天", plural="%(n)d 天"): ["a.py"]})

    assert catalogue[0].msgstr_plural == {0: "%(n)d day", 1: "%(n)d days"}
    assert catalogue[0].translated()
