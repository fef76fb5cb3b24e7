"""The component gallery: every component in every state, on machines where settings.GALLERY is on."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from core import gallery_samples as samples
from core.forms import Form
from core.navigation import Lazy

TOWNS = [("", ""), ("1", "青石镇"), ("2", "柳河乡"), ("3", "大坪镇"), ("4", "石桥镇"), ("5", "云岭乡")]
WAYS = [("walk_in", "群众来访"), ("phone", "来电"), ("letter", "来信")]


class SampleForm(Form):
    """One field of every kind."""

    title = forms.CharField(label="标题", max_length=60, help_text="一句话说清是什么事，六十字以内。")
    narrative = forms.CharField(label="事情经过", widget=forms.Textarea)
    town = forms.ChoiceField(
        label="发生的乡镇", choices=TOWNS, widget=forms.Select(attrs={"data-combobox": True})
    )
    category = forms.ChoiceField(
        label="类别", choices=[("", "请选择"), ("family", "婚姻家庭"), ("land", "山林土地")]
    )
    source = forms.ChoiceField(label="来源", choices=WAYS, widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label="希望怎样处理", choices=WAYS, widget=forms.CheckboxSelectMultiple, required=False
    )
    occurred_on = forms.DateField(label="发生日期", required=False)
    people_count = forms.IntegerField(label="涉及人数", min_value=1)
    photos = forms.FileField(label="照片或文件", required=False, help_text="每个不超过 20 MB。")
    danger = forms.BooleanField(
        label="有人身危险", required=False, help_text="请先报 110，并电话报告值班领导。"
    )
    closed = forms.CharField(label="登记单位", disabled=True, required=False, initial="青石镇综治中心")


class PartyForm(Form):
    name = forms.CharField(label="姓名或名称")
    phone = forms.CharField(label="电话", required=False)


PartyFormSet = forms.formset_factory(PartyForm, extra=1, can_delete=True)


def _bound_form() -> SampleForm:
    form = SampleForm({"title": "", "people_count": "-3", "occurred_on": "2026-02-31", "source": "fax"})
    form.is_valid()
    form.add_error(None, "当事人至少填写一位。")
    return form


def _frame(request: HttpRequest) -> Lazy:
    """The real frame, with samples where it would ask the apps."""
    nav = Lazy(request)
    nav.items, nav.posts = samples.NAV, samples.POSTS
    return nav


def gallery(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "nav": _frame(request),
        "bell_count": 3,
        "samples": samples,
        "empty_form": SampleForm(initial={"source": "walk_in"}),
        "wrong_form": _bound_form(),
        "parties": PartyFormSet(prefix="parties"),
        "chart_rows": samples.rows_of(samples.CHART),
        "line_rows": samples.rows_of(samples.LINE),
    }
    return render(request, "core/gallery.html", context)


def paper(request: HttpRequest) -> HttpResponse:
    return render(request, "core/gallery_paper.html")


urlpatterns: list[URLPattern] = [
    path("", gallery, name="gallery"),
    path("paper/", paper, name="gallery_paper"),
]
