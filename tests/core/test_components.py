"""Components render what design.md promises, for every state."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string

from core.forms import Form

NOW = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


class Sample(Form):
    name = forms.CharField(label="姓名", help_text="按身份证填写")
    born_on = forms.DateField(label="出生日期", required=False)
    account = forms.CharField(label="经过", widget=forms.Textarea)
    way = forms.ChoiceField(label="方式", choices=[("a", "上门"), ("b", "电话")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="同意")
    note = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_has_its_label_help_and_required_mark_tied_to_the_control() -> None:
    html = render('{% include "components/field.html" with field=form.name %}', form=Sample())
    assert '<label class="field-label" for="id_name">姓名' in html
    assert "(必填)" in html
    assert 'id="id_name_helptext"' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'class="form-control"' in html


def test_a_wrong_field_says_so_to_eyes_and_screen_readers() -> None:
    html = render('{% include "components/field.html" with field=form.name %}', form=Sample({}))
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert "is-invalid" in html


def test_radios_stand_in_a_fieldset_with_a_legend() -> None:
    html = render('{% include "components/field.html" with field=form.way %}', form=Sample())
    assert '<legend class="field-label">方式' in html
    assert html.count('type="radio"') == 2
    assert '<label class="form-check-label" for="id_way_0">上门</label>' in html


def test_dates_use_the_browsers_picker_and_its_format() -> None:
    html = str(Sample(initial={"born_on": date(1980, 2, 3)})["born_on"])
    assert 'type="date"' in html
    assert 'value="1980-02-03"' in html


def test_a_form_prints_itself_through_the_components() -> None:
    html = str(Sample({}))
    assert "error-summary" in html
    for target in ("id_name", "id_account", "id_way_0", "id_agreed"):
        assert f'<a href="#{target}">' in html
    assert 'type="hidden" name="note"' in html


def test_a_missing_answer_is_asked_for_in_plain_words() -> None:
    errors = Sample({}).errors
    assert errors["name"] == ["请填写这一项。"]
    assert errors["way"] == ["请选择一项。"]
    assert errors["agreed"] == ["请勾选这一项。"]


def test_a_form_without_mistakes_has_no_summary() -> None:
    assert "error-summary" not in str(Sample())


def test_the_summary_also_lists_what_concerns_no_field_and_the_rows_of_a_formset() -> None:
    rows = forms.formset_factory(Sample, extra=0, min_num=1, validate_min=True)
    form, formset = (
        Sample({"name": ""}),
        rows({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}, prefix="form"),
    )
    form.add_error(None, "当事人至少一位。")
    html = render(
        '{% include "components/error_summary.html" with formsets=sets %}', form=form, sets=[formset]
    )
    assert "当事人至少一位。" in html
    assert '<a href="#id_form-0-name">' in html


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=2, hours=3), "剩 2 天"),
        (timedelta(hours=5, minutes=10), "剩 5 小时"),
        (timedelta(minutes=20), "剩 20 分钟"),
        (timedelta(seconds=5), "剩 1 分钟"),
        (timedelta(hours=-9), "超期 9 小时"),
        (timedelta(days=-3, hours=-1), "超期 3 天"),
    ],
)
def test_time_left_is_said_in_whole_units(left: timedelta, words: str) -> None:
    assert words in render("{% time_left due now %}", due=NOW + left, now=NOW)


def test_overdue_has_an_icon_and_the_exact_moment_not_only_a_colour() -> None:
    html = render("{% time_left due now %}", due=NOW - timedelta(days=3), now=NOW)
    assert "is-overdue" in html
    assert "<svg" in html
    assert 'title="截止 2026-11-19 14:05"' in html
    assert "，截止 2026-11-19 14:05" in html


def test_nothing_is_said_about_a_time_that_is_not_set() -> None:
    assert render("{% time_left due %}", due=None).strip() == ""


@pytest.mark.parametrize(
    ("left", "words", "kind"),
    [
        (timedelta(days=2, hours=3, minutes=9), "剩 2 天 3 小时", "countdown"),
        (timedelta(hours=1, minutes=52), "剩 1 小时 52 分", "is-soon"),
        (timedelta(seconds=9), "剩 0 分 9 秒", "is-soon"),
        (timedelta(minutes=-70), "超期 1 小时 10 分", "is-overdue"),
    ],
)
def test_a_countdown_says_two_units_and_the_moment_once_for_screen_readers(left, words, kind) -> None:
    html = render("{% countdown due now %}", due=NOW + left, now=NOW)
    assert f'aria-hidden="true">{words}</span>' in html
    assert f'data-countdown="{int(left.total_seconds())}"' in html
    assert f"{words}，截止 " in html
    assert kind in html


def test_levels_carry_their_words_and_no_level_shows_nothing() -> None:
    source = '{% include "components/level_pill.html" %}'
    assert '<span class="level level-1">一级预警</span>' in render(source, level=1, label="一级预警")
    assert "系统初判，待核" in render(source, level=3, label="三级预警", proposed=True)
    assert render(source, level=0, label="").strip() == ""


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ 120000|money }}", "1,200 元"),
        ("{{ 1234567|money }}", "12,345.67 元"),
        ("{{ 0|money }}", "0 元"),
        ("{{ nothing|money }}", ""),
        ('{{ "张建国"|mask_name }}', "张**"),
        ('{{ ""|mask_name }}', ""),
        ("{{ moment|sh_time }}", "2026-11-22 14:05"),
        ("{{ moment|sh_date }}", "2026-11-22"),
        ("{{ day|sh_time }}", "2026-11-22"),
        ("{{ nothing|sh_time }}", ""),
        ("{{ moment|tone }}", "neutral"),
    ],
)
def test_filters(source: str, shown: str) -> None:
    assert render(source, moment=NOW, day=date(2026, 11, 22), nothing=None) == shown


def test_an_icon_alone_has_a_name_and_beside_text_is_silent() -> None:
    assert 'role="img" aria-label="消息"' in render('{% icon "bell" label="消息" %}')
    assert 'aria-hidden="true"' in render('{% icon "bell" %}')


def test_the_name_of_an_icon_is_escaped() -> None:
    assert "&lt;b&gt;" in render('{% icon "bell" label=text %}', text="<b>")


def test_block_components_take_their_content() -> None:
    html = render('{% card title="期限" id="due" kind="turn" %}<p>{{ word }}</p>{% endcard %}', word="<明天>")
    assert "<p>&lt;明天&gt;</p>" in html
    assert 'aria-labelledby="due-title"' in html
    html = render('{% modal id="m" title="原因" %}x{% endmodal %}')
    assert '<dialog class="dialog " id="m" aria-labelledby="m-title">' in html


def test_the_table_names_its_cells_for_the_phone() -> None:
    context = {
        "columns": [{"label": "乡镇"}, {"label": "件数", "number": True}],
        "rows": [["青石镇", {"value": 0, "href": "/disputes/?town=1"}]],
        "caption": "各乡镇",
    }
    tag = "{% data_table columns rows caption %}"
    html = render(tag, **context)
    assert 'data-label="乡镇"' in html
    assert '<a href="/disputes/?town=1">0</a>' in html
    assert "没有数据" in render(tag, **context | {"rows": []})


def test_the_503_page_needs_no_request() -> None:
    assert "系统暂时不可用" in render_to_string("errors/503.html", {})
    assert "系统出了错" in render_to_string("500.html", {})
