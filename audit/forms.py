"""What an auditor asks of the access log. Asked with GET, so that a question can be kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.choices import Action
from audit.selectors import EVERYTHING
from audit.targets import all_kinds
from core.forms import Form


class AccessLogForm(Form):
    person = forms.CharField(
        label=_("操作人"), max_length=60, required=False, help_text=_("用户名、姓名或岗位")
    )
    action = forms.ChoiceField(
        label=_("操作"),
        required=False,
        choices=[("", _("登录、退出以外")), (EVERYTHING, _("全部，包括登录、退出")), *Action.choices],
    )
    since = forms.DateField(label=_("从"), required=False)
    until = forms.DateField(label=_("到"), required=False)
    kind = forms.ChoiceField(
        label=_("对象类型"), required=False, choices=lambda: [("", _("全部")), *all_kinds()]
    )
    target = forms.CharField(label=_("对象"), max_length=100, required=False, help_text=_("编号或名称"))
    field_order = ["person", "target", "kind", "action", "since", "until"]
    before = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )  # the key the next page starts below

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("结束日期不能早于开始日期。"))
        return data
