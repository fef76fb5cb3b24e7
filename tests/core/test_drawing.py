"""What is written in Python comes out as the templates it stands for (`drawn/`) gave it, space between tags aside."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Engine, engines
from django.utils import translation
from django.utils.html import json_script
from django.utils.safestring import mark_safe

from core import drawing, drawn_figures, widgets, wording
from core.drawn_fields import field_box
from core.forms import Form
from core.navigation import NavItem

DRAWN = Path(__file__).parent / "drawn"
HOSTILE = """<b>"甲" & '乙'</b>"""
AT = datetime(2026, 3, 2, 1, 5, tzinfo=UTC)
ENTRIES = [
    {
        "at": AT,
        "title": HOSTILE,
        "by": HOSTILE,
        "text": f"一\r\n{HOSTILE}\n三",
        "note": HOSTILE,
        "icon": "flag",
    },
    {"at": AT, "title": "系统", "by": "", "tone": "bad"},
    {"at": AT, "title": "留言", "by": "甲", "talk": "mine", "seq": 1234},
    {"at": AT, "title": "留言", "by": "乙", "talk": "said", "seq": 7},
]


class Sample(Form):
    name = forms.CharField(label=HOSTILE, help_text=HOSTILE)
    sure = forms.BooleanField(label="同意", help_text="请先读完")
    way = forms.ChoiceField(label="方式", choices=[("a", HOSTILE), ("b", "乙")], widget=forms.RadioSelect)
    fen = forms.IntegerField(label="金额", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(name: str, **given: Any) -> str:
    engine: Engine = engines["django"].engine  # type: ignore[attr-defined]
    return engine.from_string((DRAWN / f"{name}.html").read_text(encoding="utf-8")).render(Context(given))


def same(one: str, other: str) -> bool:
    return tidy(one) == tidy(other)


def tidy(html: str) -> str:
    html = re.sub(r"\s+", " ", html)
    html = re.sub(r'class="([^"]*)"', lambda found: f'class="{found[1].strip()}"', html)
    return re.sub(r" ?(</?[a-z][^>]*?) ?> ?", r"\1>", html).strip()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_line_of_the_trail(language: str) -> None:
    with translation.override(language):
        template = drawn("timeline", entries=ENTRIES, correct_url="/x/?a=1&b=2")
        lines = drawing.timeline_entries(ENTRIES, "/x/?a=1&b=2")
        assert same(template.partition(">")[2].strip().removesuffix("</ol>"), lines)
        assert "?comment=1234" in lines


def test_nobody_corrects_without_a_place_for_it() -> None:
    assert '"timeline-do"' not in drawing.timeline_entries(ENTRIES)


@pytest.mark.parametrize("count", [None, 0, 12])
@pytest.mark.parametrize("active", [True, False])
def test_an_entry_of_the_rail(count: int | None, active: bool) -> None:
    item = NavItem("/a/?b=1&c=2", HOSTILE, "house", count, active=active)
    assert same(drawn("nav_item", item=item), drawing.nav_item(item))


@pytest.mark.parametrize(
    "given",
    [
        {"title": HOSTILE},
        {"title": "题", "icon": "clock", "id": "x", "kind": "turn", "link": "/a/?b=1&c=2"},
        {"title": mark_safe("<b>题</b>"), "link": "/a/", "link_label": HOSTILE},
        {"id": "x", "kind": "plain"},
        {},
    ],
)
def test_a_card(given: dict[str, str]) -> None:
    for content in (mark_safe("<p>内容</p>"), HOSTILE):
        assert same(drawn("card", content=content, **given), drawing.card(content, **given))


@pytest.mark.parametrize("given", [{}, {"kind": "section", "open": True}])
def test_a_disclosure(given: dict[str, Any]) -> None:
    content = mark_safe("<p>内容</p>")
    template = drawn("disclosure", content=content, summary=HOSTILE, **given)
    assert same(template, drawing.disclosure(content, HOSTILE, **given))


@pytest.mark.parametrize("form", [Sample(), Sample({}), Sample({"name": HOSTILE, "fen": "x", "way": "c"})])
@pytest.mark.parametrize(
    "given", [{}, {"label": HOSTILE, "help": HOSTILE, "class": "stacked", "suffix": "元"}]
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_field(form: Form, given: dict[str, str], language: str) -> None:
    with translation.override(language):
        for field in form:
            words = (
                given.get("label", ""),
                given.get("help", ""),
                given.get("class", ""),
                given.get("suffix", ""),
            )
            assert same(drawn("field", field=field, **given), field_box(field, *words)), field.name


FIGURES = [
    {"label": HOSTILE, "value": 12345, "href": "/a/?b=1&c=2", "note": HOSTILE},
    {"label": "超期", "value": HOSTILE, "tone": "bad", "change": HOSTILE},
    {"label": "超期", "value": "—", "tone": "bad", "icon": "exclamation-octagon", "href": ""},
    {"label": "一级", "value": 0, "level": 1, "change": "较上期 +1", "change_tone": "good"},
]
COLUMNS = [{"label": HOSTILE}, {"label": "件数", "number": True}, {"label": "日期"}]
CELLS = [
    [HOSTILE, {"value": 1234, "href": "/a/?b=1&c=2"}, AT.date()],
    ["乙", {"value": HOSTILE}, 0],
    [None, {"value": "0", "href": ""}, 1.5],
]


@pytest.mark.parametrize("given", FIGURES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_figure(given: dict[str, Any], language: str) -> None:
    with translation.override(language):
        assert same(drawn("figure", **given), drawn_figures.figure(**given))


def table_drawn(rows: list[list[Any]], **given: Any) -> str:
    paired = [list(zip(COLUMNS, row, strict=True)) for row in rows]
    return drawn("table", columns=COLUMNS, paired=paired, caption=HOSTILE, **given)


@pytest.mark.parametrize("rows", [CELLS, []])
@pytest.mark.parametrize("given", [{}, {"empty": HOSTILE, "visible_caption": True}])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_table(rows: list[list[Any]], given: dict[str, Any], language: str) -> None:
    with translation.override(language):
        assert same(table_drawn(rows, **given), drawn_figures.table(COLUMNS, rows, HOSTILE, **given))


@pytest.mark.parametrize("many", [8, 9])
@pytest.mark.parametrize("lying", [True, False])
@pytest.mark.parametrize("note", ["", HOSTILE])
def test_a_chart(many: int, lying: bool, note: str) -> None:
    data = {"labels": [HOSTILE] * many, "horizontal": lying}
    given = {"id": "towns", "title": HOSTILE, "data": data, "note": note}
    template = drawn(
        "chart", table=mark_safe(table_drawn(CELLS)), script=json_script(data, "towns-data"), **given
    )
    assert same(template, drawn_figures.chart(columns=COLUMNS, rows=CELLS, **given))


@pytest.mark.parametrize("span", [timedelta(days=9), timedelta(hours=2), timedelta(minutes=-5)])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_time_left(span: timedelta, language: str) -> None:
    with translation.override(language):
        left = wording.time_left(AT + span, AT)
        template = drawn("time_left", due_at=AT + span, left=left, moment=wording.shanghai(AT + span))
        assert same(template, drawing.time_left(AT + span, left))


@pytest.mark.parametrize("span", [timedelta(days=9), timedelta(hours=2), timedelta(minutes=-5)])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_countdown(span: timedelta, language: str) -> None:
    with translation.override(language):
        left = wording.countdown(AT + span, AT)
        template = drawn("countdown", left=left, seconds=int(span.total_seconds()))
        assert same(template, drawing.countdown(AT + span, left, AT))


@pytest.mark.parametrize("value", [HOSTILE, "", None, "一\r\n二"])
def test_a_long_text(value: str | None) -> None:
    widget = forms.Textarea(attrs={"rows": 4, "required": True, "title": HOSTILE, "hidden": False})
    given = widget.get_context("text", value, {"id": "id_text"})["widget"]
    template = engines["django"].engine.get_template(  # type: ignore[attr-defined]
        "django/forms/widgets/textarea.html"
    )
    assert template.render(Context({"widget": given})).strip() == widgets.textarea(given)


def test_several_inputs_under_one_name() -> None:
    inputs = [forms.TextInput(attrs={"aria-label": HOSTILE}), forms.TextInput(attrs={"data-label": "乙"})]
    several = forms.MultiWidget(inputs)
    several.widgets_names = ["", ""]
    several.decompress = lambda value: value  # type: ignore[method-assign]
    given = several.get_context("people", [HOSTILE, None], {"id": "id_people"})["widget"]
    assert same(drawn("several_inputs", widget=given), widgets.several_inputs(given))
