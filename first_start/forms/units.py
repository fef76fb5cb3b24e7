"""What the county's own units are called, which stations its towns have, and its departments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from first_start.rules.county_units import Named
from first_start.rules.departments import LONGEST_NAME, LONGEST_SECTOR, LONGEST_SHORT_NAME
from first_start.rules.town_units import USUAL_STATIONS
from jurisdictions.choices import HotField

STATION_WORDS = (
    ("mediation", _("人民调解委员会")),
    ("petition", _("信访办公室")),
    ("justice", _("司法所")),
    ("police", _("派出所")),
    ("tribunal", _("人民法庭")),
    ("nr", _("自然资源所")),
    ("agri", _("农业综合服务中心")),
    ("hrss", _("便民服务中心（人社所）")),
    ("enforcement", _("综合行政执法队")),
)
UNIT_LABELS = {
    "county.party": _("县级党委"),
    "county.gov": _("县级政府"),
    "county.committee": _("平安建设领导小组"),
    "county.centre": _("县级综治中心"),
    "county.data": _("系统管理员所在单位"),
    "county.security": _("安全管理员所在单位"),
    "county.audit": _("审计员所在单位"),
}


class UnitsForm(Form):
    """Each county unit with its name and short name, filled in with what is usual."""

    address = forms.CharField(
        label=_("县级综治中心地址"), max_length=200, required=False, help_text=_("印在回执上，可以以后再填。")
    )
    phone = forms.CharField(label=_("县级综治中心公开电话"), max_length=40, required=False)
    stations = forms.MultipleChoiceField(
        label=_("各乡镇一般都有的单位"),
        choices=STATION_WORDS,
        initial=list(USUAL_STATIONS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("个别乡镇不同的，设置完成后在“单位与岗位”里增减。"),
    )

    def __init__(self, *args: Any, usual: Mapping[str, Named], **kwargs: Any) -> None:
        self.codes = list(usual)
        super().__init__(*args, **kwargs)
        for code, named in usual.items():
            self.fields[_key(code, "name")] = forms.CharField(
                label=UNIT_LABELS[code], max_length=100, initial=named.name
            )
            self.fields[_key(code, "short_name")] = forms.CharField(
                label=_("简称"), max_length=40, initial=named.short_name
            )
        for field in self.fields.values():
            field.error_messages["required"] = _("请填写这一项。")

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[_key(code, "name")], self[_key(code, "short_name")]) for code in self.codes]

    @property
    def names(self) -> dict[str, dict[str, str]]:
        data = self.cleaned_data
        return {
            code: {"name": data[_key(code, "name")], "short_name": data[_key(code, "short_name")]}
            for code in self.codes
        }

    @staticmethod
    def initial_of(answer: Mapping[str, Any]) -> dict[str, Any]:
        """The answer as this form's fields are called."""
        names = {
            _key(code, part): said for code, named in answer["names"].items() for part, said in named.items()
        }
        return names | {key: answer[key] for key in ("address", "phone", "stations")}


def _key(code: str, part: str) -> str:
    return f"{code.partition('.')[2]}_{part}"


class DepartmentForm(Form):
    name = forms.CharField(label=_("名称"), max_length=LONGEST_NAME)
    short_name = forms.CharField(label=_("简称"), max_length=LONGEST_SHORT_NAME, required=False)
    sector_name = forms.CharField(label=_("主管的行业"), max_length=LONGEST_SECTOR, required=False)
    fields_held = forms.MultipleChoiceField(
        label=_("主管领域"),
        choices=HotField.choices,
        required=False,
        widget=forms.SelectMultiple(attrs={"data-combobox": ""}),
    )
    code = forms.CharField(label=_("单位代码"), max_length=20, help_text=_("拼音或英文简写，以后不能改。"))
    sector = forms.CharField(label=_("行业代码"), max_length=20, required=False)
    is_vertical = forms.BooleanField(label=_("垂直管理（可以致函，不能交办）"), required=False)
    kind = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("code", "sector"):
            data[name] = (data.get(name) or "").strip().lower()
        return data | {"kind": data.get("kind") or "department"}


DepartmentFormSet = forms.formset_factory(
    DepartmentForm, extra=0, can_delete=True, max_num=100, absolute_max=120
)
