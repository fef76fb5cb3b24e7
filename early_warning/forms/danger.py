"""Danger to life is said with whom somebody told of it. Shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from disputes.forms.fields import CleanText
from disputes.rules.intake import DANGER_TOLD_LIMIT


class DangerForm(Form):
    told = CleanText(
        label=_("已报告谁"),
        max_length=DANGER_TOLD_LIMIT,
        help_text=_("例如：派出所王警官、值班领导刘镇长"),
    )
    told_at = forms.DateTimeField(
        label=_("报告时间"),
        required=False,
        widget=forms.DateTimeInput(),
        help_text=_("不填则记为现在"),
    )
