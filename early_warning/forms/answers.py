"""What a leader, a coordinator or a duty post writes about an escalation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from disputes.choices import CannedField
from disputes.forms.canned_fields import CannedForm
from disputes.forms.fields import CleanText
from disputes.rules.intake import REASON_LIMIT


def _text(label: Any, help_text: Any = "", **options: Any) -> CleanText:
    widget = forms.Textarea(attrs={"rows": 5})
    return CleanText(
        lines=True, label=label, help_text=help_text, max_length=REASON_LIMIT, widget=widget, **options
    )


class InstructForm(CannedForm):
    BESIDE = {"text": CannedField.INSTRUCTION}

    text = _text(_("批示内容"), _("写清楚请谁做什么、什么时候前办好。"))


class ResolveByForm(CannedForm):
    resolve_by = forms.DateField(
        label=_("化解时限"),
        help_text=_("确认现在的日期，或者改为更早的一天；不能推后。"),
        widget=forms.DateInput(),
    )
    note = _text(_("要求"), _("可不填。写给承办单位和管理中心。"), required=False)


class RiskRemovedForm(CannedForm):
    account = _text(_("做了什么"), _("写清楚采取了哪些措施、现在是什么情况，核实时要对照。"))


class NoResultForm(CannedForm):
    account = _text(_("为什么没有结果"), _("写清楚做过什么、卡在哪里、需要上级解决什么。"))


class CheckForm(CannedForm):
    """The coordinator's look at what was reported."""

    passed = forms.TypedChoiceField(
        label=_("核实结果"),
        choices=[("true", _("风险确已消除")), ("false", _("风险没有消除，继续上报"))],
        coerce=lambda value: value == "true",
        widget=forms.RadioSelect,
    )
    note = _text(_("核实情况"), _("何时、怎样核实，现场是什么情况。"))


class PhoneForm(CannedForm):
    """What came of the call."""

    BESIDE = {"answer": CannedField.ACCOUNT}

    reached = forms.TypedChoiceField(
        label=_("打通了吗"),
        choices=[("true", _("打通了，本人已知悉")), ("false", _("没有打通"))],
        coerce=lambda value: value == "true",
        widget=forms.RadioSelect,
    )
    answer = _text(_("领导的答复"), _("照原话记。没有打通的，写拨打的号码和时间。"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("reached") and not values.get("answer"):
            self.add_error("answer", _("请写下领导的答复。"))
        return values
