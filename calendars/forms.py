"""Shapes of what the administrator enters; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from calendars import extensions
from calendars.choices import DayKind, LimitUnit
from calendars.known_limits import key_choices
from calendars.rules.calendar import DayOfPlan
from core.forms import Form
from core.text_files import NotText, text_of

LARGEST_CSV = 64 * 1024
NORMAL, OFF, WORK = "normal", DayKind.HOLIDAY.value, DayKind.MAKEUP.value


class DayForm(Form):
    """One day of the year calendar."""

    kind = forms.ChoiceField(
        label=_("这一天"),
        choices=[(NORMAL, _("按周历（周一至周五上班）")), (OFF, _("放假")), (WORK, _("调休上班"))],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("名称"), max_length=40, required=False, help_text=_("如：国庆节。按周历时不用填写。")
    )
    source = forms.CharField(
        label=_("依据"),
        max_length=200,
        required=False,
        help_text=_("如：国务院办公厅通知、县政府通知的名称。"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") in {OFF, WORK} and not data.get("name", "").strip():
            self.add_error("name", _("请写明节日或调休的名称。"))
        return data


def plan_of(data: dict[str, Any]) -> DayOfPlan | None:
    """What was said of a day; None where it is as the week has it."""
    if data["kind"] == NORMAL:
        return None
    return DayOfPlan(data["kind"] == WORK, data["name"].strip())


class PlanUploadForm(Form):
    """The first step of an import: the file becomes text, which the preview carries on."""

    file = forms.FileField(
        label=_("放假安排（CSV 文件）"),
        help_text=_("每行三列：日期、类型（休或班）、名称。如：2027-10-01,休,国庆节"),
    )
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("通知的名称和文号。"))

    def clean_file(self) -> str:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > LARGEST_CSV:
            raise forms.ValidationError(_("文件过大：一年的放假安排不会超过 64 KB。"))
        try:
            return text_of(upload.read())
        except NotText:
            raise forms.ValidationError(_("读不出文字。请另存为 CSV（UTF-8）后再上传。")) from None


class PlanConfirmForm(Form):
    """The second step: what was previewed, to be loaded."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=LARGEST_CSV)
    source = forms.CharField(widget=forms.HiddenInput, max_length=200)


class RuleForm(Form):
    """A new dated row."""

    key = forms.ChoiceField(label=_("事项"), choices=key_choices)
    category = forms.ChoiceField(label=_("纠纷类别"), required=False)
    source_kind = forms.ChoiceField(label=_("来源"), required=False)
    limit = forms.IntegerField(label=_("期限"), min_value=1, max_value=87_840)
    unit = forms.ChoiceField(label=_("单位"), choices=LimitUnit.choices)
    effective_from = forms.DateField(
        label=_("生效日期"), help_text=_("今天或以后。已在计时的期限仍按原规则。")
    )
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("法律法规条款或文件名称、文号。"))
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("category", extensions.categories(), _("各类纠纷"))
        self._offer("source_kind", extensions.sources(), _("各种来源"))

    def _offer(self, name: str, choices: list[tuple[str, str]], every: object) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", every), *choices]


class CalculatorForm(Form):
    """How long is that: asked with GET, so that an answer can be bookmarked."""

    start = forms.DateField(label=_("从哪天起"))
    time = forms.TimeField(
        label=_("几点起"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("只有按小时计算时才需要。"),
    )
    limit = forms.IntegerField(label=_("期限"), min_value=1, max_value=87_840)
    unit = forms.ChoiceField(label=_("单位"), choices=LimitUnit.choices)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("unit") == LimitUnit.HOUR and not data.get("time") and "time" not in self.errors:
            self.add_error("time", _("按小时计算请写明几点起。"))
        return data
